"""The market over HTTP for programs: every operation is a row, parse → visible_to → one verb → schema. It holds no rules."""
