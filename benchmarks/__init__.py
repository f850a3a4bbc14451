"""What is measured, against whom, and how to repeat it: `python -m benchmarks`. No part of the package; nothing imports it."""
