"""The design system: layouts, components, form fields, styles. Knows no domain word."""
