"""案件と応募: postings and applications."""
