"""What comes in and goes out: the case file, its JSON answer, the text a person reads."""
