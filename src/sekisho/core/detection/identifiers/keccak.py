"""Keccak-256 as Ethereum uses it. Not SHA3-256: the padding differs, so that ``hashlib`` has no such
digest.
"""

_MASK = (1 << 64) - 1
_RATE = 136


def _round_constants() -> list[int]:
    constants, state = [], 1
    for _ in range(24):
        constant = 0
        for bit in range(7):
            if state & 1:
                constant |= 1 << ((1 << bit) - 1)
            state = (state << 1) ^ (0x171 if state & 0x80 else 0)
        constants.append(constant)
    return constants


_CONSTANTS = _round_constants()


def _turn(value: int, by: int) -> int:
    return ((value << by) | (value >> (64 - by))) & _MASK if by else value


def _permute(lanes: list[list[int]]) -> list[list[int]]:
    for constant in _CONSTANTS:
        column = [a[0] ^ a[1] ^ a[2] ^ a[3] ^ a[4] for a in lanes]
        mixed = [column[(x - 1) % 5] ^ _turn(column[(x + 1) % 5], 1) for x in range(5)]
        lanes = [[lanes[x][y] ^ mixed[x] for y in range(5)] for x in range(5)]
        x, y, current = 1, 0, lanes[1][0]
        for step in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            current, lanes[x][y] = lanes[x][y], _turn(current, (step + 1) * (step + 2) // 2 % 64)
        for y in range(5):
            row = [lanes[x][y] for x in range(5)]
            for x in range(5):
                lanes[x][y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5] & _MASK)
        lanes[0][0] ^= constant
    return lanes


def keccak256(message: bytes) -> bytes:
    """The 32-byte digest of ``message``."""
    padded = bytearray(message) + b"\x01" + bytes(-(len(message) + 1) % _RATE)
    padded[-1] |= 0x80
    lanes = [[0] * 5 for _ in range(5)]
    for start in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            at = start + 8 * lane
            lanes[lane % 5][lane // 5] ^= int.from_bytes(padded[at : at + 8], "little")
        lanes = _permute(lanes)
    return b"".join(lanes[lane % 5][lane // 5].to_bytes(8, "little") for lane in range(4))
