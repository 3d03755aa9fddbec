"""How a scheme ends: on a day that was named, calmly, and until then it can be taken back."""
