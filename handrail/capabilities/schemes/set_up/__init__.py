"""What a scheme stands for: whom it serves and how it would show, how it runs, and what everybody in it can rely on."""
