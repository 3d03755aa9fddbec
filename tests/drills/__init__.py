"""Drills: a real server, real clients, and kill -9. Small in the ordinary run; whole with script/test --long."""
