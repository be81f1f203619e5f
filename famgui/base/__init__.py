"""What every floor may use: paths, logs, crash notes. Standard library only."""
