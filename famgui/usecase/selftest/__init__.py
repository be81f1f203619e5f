"""The self-test below the windows: does this copy of the program, as it was installed, do what it is for."""
