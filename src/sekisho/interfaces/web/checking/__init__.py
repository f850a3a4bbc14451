"""The check page: what is asked, how it comes in without a trace, what is answered. Keeps nothing; knows no account."""
