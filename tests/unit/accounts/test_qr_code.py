"""The drawing of a QR code is its modules, each in its place."""

import re

import qrcode
from defusedxml import ElementTree

from handrail.capabilities.accounts.qr_code import MASK, qr_svg

SVG = "{http://www.w3.org/2000/svg}"
RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")
SAID = "otpauth://totp/Handrail:ann%40example.org?secret=MPGO4JX67I5WFJ2XZR5HPTOJ3ZM6FJHF&issuer=Handrail"


def test_it_draws_every_dark_module_and_no_other() -> None:
    code = qrcode.QRCode(mask_pattern=MASK)
    code.add_data(SAID)
    drawing = ElementTree.fromstring(qr_svg(SAID))
    ground, dark = drawing.findall(f"{SVG}path")
    size = len(code.get_matrix())
    assert drawing.get("viewBox") == f"0 0 {size} {size}"
    assert ground.get("d") == f"M0 0h{size}v{size}H0z"
    runs = [tuple(map(int, run)) for run in RUN.findall(dark.get("d") or "")]
    assert RUN.sub("", dark.get("d") or "") == ""
    drawn = {(down, across + step) for across, down, length, _back in runs for step in range(length)}
    assert all(length == back for _across, _down, length, back in runs)
    assert drawn == {(y, x) for y, row in enumerate(code.get_matrix()) for x, module in enumerate(row) if module}


def test_it_can_be_read_by_whoever_reads_the_librarys_own() -> None:
    """The same text in the same version, corrected as well: only the mask differs, which the code itself names."""
    ours, usual = qrcode.QRCode(mask_pattern=MASK), qrcode.QRCode()
    for code in (ours, usual):
        code.add_data(SAID)
        code.make()
    assert (ours.version, ours.error_correction) == (usual.version, usual.error_correction)
