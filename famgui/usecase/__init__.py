"""One function per user intention; both front ends call these."""
