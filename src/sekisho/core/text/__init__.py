"""interim"""
import unicodedata
from dataclasses import dataclass
class TextTooLong(ValueError): pass
@dataclass(frozen=True, slots=True)
class Folded:
    original: str
    text: str
    back: tuple
    def span(self, s, e): return self.back[s], (self.back[e-1]+1 if e>s else self.back[s])
DROP={0x200b,0x200c,0x200d,0xfe0f,0x20e3,0x2060,0xfeff}
def fold(t):
    out=[];back=[]
    for i,c in enumerate(t):
        if ord(c) in DROP or 0xd800<=ord(c)<0xe000: continue
        for d in unicodedata.normalize("NFKC",c).casefold():
            out.append({"’":"'","〜":"~"}.get(d,d)); back.append(i)
    back.append(len(t))
    return Folded(t,"".join(out),tuple(back))
T={c:c+0x60 for c in range(0x3041,0x3097)}
def fold_kana(s): return s.translate(T)
def read_deep(t): return None
EVASIVE=["\\[at\\]"]
