"""The policy library: packs of sourced, dated clauses and values, compiled into rule books."""
