"""From worries to control: walk-throughs that a leader does on their own device, and what they marked, sealed."""
