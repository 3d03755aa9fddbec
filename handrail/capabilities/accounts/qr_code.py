"""A QR code as a small drawing."""

from itertools import groupby

import qrcode

MASK = 0  # any of the eight is read; the library draws and weighs all of them, which takes five times as long


def qr_svg(text: str) -> str:
    """One square a module, each run of dark ones drawn at once, with the light border that readers need."""
    code = qrcode.QRCode(mask_pattern=MASK)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(_runs(row, down) for down, row in enumerate(rows))
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{path}"/></svg>'
    )


def _runs(row: list[bool], down: int) -> str:
    drawn, across = [], 0
    for dark, modules in groupby(row):
        length = len(list(modules))
        if dark:
            drawn.append(f"M{across} {down}h{length}v1h-{length}z")
        across += length
    return "".join(drawn)
