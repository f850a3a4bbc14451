"""What every room of the market may use, and nothing about any of them."""
