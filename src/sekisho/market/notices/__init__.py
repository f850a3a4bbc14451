"""Who is told what, when and where: one table event × recipient × channel × text."""
