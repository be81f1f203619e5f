"""What every floor may use: paths, wording, crash notes, TOML with its lines. No module of ours below it."""
