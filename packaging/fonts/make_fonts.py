"""Cut the faces in resources/fonts out of free fonts packaged by others; see README.md here.

Fetches each source by package name with the ordinary clients, checks it against the pinned hash,
keeps only the characters an official document needs, turns CFF outlines into TrueType ones (all
that ReportLab can embed), renames the result, and writes manifest.json with every hash.
The same inputs and the same fontTools give the same bytes.
"""

import argparse
import gzip
import hashlib
import json
import lzma
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import fontTools
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

HERE = Path(__file__).resolve().parent
FONTTOOLS = "4.68.0"  # another version may order or pack tables differently

#: What GB 2312 and GBK lack, but reports hold: minutes, bullets, ticks, circled numbers, units.
EXTRA = "–‑•′″‹›«»©®™€½¼¾✓✔✗✘☐☑☒⬜◯∙≤≥²³¹㎡㎥㎢℉㊣㏄⓪㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚ⓘ"
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x2010, 0x2027), 0x2030, 0x20AC, 0x2212]
FALLBACK = ("song", "rare", "mark")
MARKS = range(0x2010, 0x2C00)  # punctuation, arrows, mathematics, boxes, dingbats


@dataclass(frozen=True)
class Source:
    """A font file inside a package of `archive` "debian" or "npm"; paths are those in the package.

    `sha256` pins the font file; `texts` are the files that say its licence.
    """

    archive: str
    package: str
    version: str
    path: str
    sha256: str
    licence: str
    texts: list[str]


@dataclass(frozen=True)
class Face:
    """A face to make: `keep` is "common", "rest" (what common leaves), "latin" or "marks"."""

    role: str
    family: str
    chinese: str
    keep: str
    source: str

    @property
    def file(self) -> str:
        """Its name in resources/fonts."""
        return f"{self.role}.ttf.xz" if self.keep == "rest" else f"{self.role}.ttf"


def main() -> None:
    """Make every face and the manifest."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sources", type=Path, default=HERE / "build", help="unpacked packages")
    parser.add_argument("--out", type=Path, default=HERE.parents[1] / "resources" / "fonts")
    options = parser.parse_args()
    if fontTools.version != FONTTOOLS:
        sys.exit(f"needs fontTools {FONTTOOLS}, not {fontTools.version}")
    (options.out / "licences").mkdir(parents=True, exist_ok=True)
    plan = tomllib.loads((HERE / "faces.toml").read_text(encoding="utf-8"))
    sources = {name: Source(**source) for name, source in plan["sources"].items()}
    faces = [
        make(Face(**face), sources[face["source"]], options.sources, options.out)
        for face in plan["faces"]
    ]
    fallback = [options.out / face["file"] for face in faces if face["role"] in FALLBACK]
    printable = set().union(*map(inked, fallback))
    manifest = {"fonttools": FONTTOOLS, "faces": faces, "printable": ranges(printable)}
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (options.out / "manifest.json").write_text(text, encoding="utf-8")


def make(face: Face, source: Source, packages: Path, out: Path) -> dict[str, object]:
    """Make one face and its licence; return its entry in the manifest."""
    home = fetch(source, packages)
    font = TTFont(home / source.path, recalcTimestamp=False)
    have, common = set(font.getBestCmap()), wanted("common")
    subset(font, have - common if face.keep == "rest" else have & wanted(face.keep))
    if "CFF " in font:
        quadratic(font)
    if face.keep == "common":
        chinese_marks(font)
    rename(font, face, source)
    target = out / face.file
    made = BytesIO()
    font.save(made)
    data = made.getvalue()
    target.write_bytes(lzma.compress(data, preset=9) if target.suffix == ".xz" else data)
    texts = [text_of(home / text) for text in source.texts]
    licence = f"licences/{face.source}.txt"
    (out / licence).write_text("\n\n".join(texts), encoding="utf-8")
    print(f"{digest(data)} {target.stat().st_size:>10,} {face.file}")
    return {
        "role": face.role,
        "file": face.file,
        "family": face.family,
        "chinese": face.chinese,
        "package": f"{source.archive} {source.package} {source.version}",
        "source": Path(source.path).name,
        "source_sha256": source.sha256,
        "sha256": digest(data),
        "licence": source.licence,
        "licence_file": licence,
        "characters": len(font.getBestCmap()),
    }


def fetch(source: Source, packages: Path) -> Path:
    """Return the folder of an unpacked package, fetching it when it is not there yet.

    Stops the program when the font file is not the one whose hash is pinned.
    """
    home = packages / f"{source.package.split('/')[-1]}-{source.version}"
    if not home.exists():
        home.mkdir(parents=True)
        (unpack_debian if source.archive == "debian" else unpack_npm)(source, home)
    found = digest((home / source.path).read_bytes())
    if found != source.sha256:
        sys.exit(f"{source.path} of {source.package}: sha256 {found}, expected {source.sha256}")
    return home


def unpack_debian(source: Source, home: Path) -> None:
    """Unpack a Debian package without installing it."""
    subprocess.run(
        ["apt-get", "download", f"{source.package}={source.version}"], cwd=home, check=True
    )
    (package,) = home.glob("*.deb")
    subprocess.run(["dpkg-deb", "-x", package.name, "."], cwd=home, check=True)
    package.unlink()


def unpack_npm(source: Source, home: Path) -> None:
    """Unpack an npm package without installing it."""
    subprocess.run(
        ["npm", "pack", "--silent", f"{source.package}@{source.version}"], cwd=home, check=True
    )
    (package,) = home.glob("*.tgz")
    subprocess.run(["tar", "xzf", package.name], cwd=home, check=True)
    package.unlink()


def text_of(path: Path) -> str:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return data.decode("utf-8").replace("\r\n", "\n").strip() + "\n"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def wanted(keep: str) -> set[int]:
    """Return the code points of "common", "latin" or "marks"."""
    if keep != "common":
        return set(LATIN if keep == "latin" else MARKS)
    table = (HERE / "characters.txt").read_text(encoding="utf-8")
    return {
        ord(ch)
        for ch in {*table, *gb2312(), *gbk_symbols(), *EXTRA}
        if ch.isprintable() or ch == "\u3000"
    }


def gb2312() -> set[str]:
    """Return all of GB 2312: 6,763 characters and 682 symbols."""
    return decoded("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF))


def gbk_symbols() -> set[str]:
    """Return the symbols of GBK and ASCII: 〇, vertical and small forms, Roman numerals, units."""
    symbols = decoded("gbk", range(0xA1, 0xAA), range(0x40, 0xFF))
    forms = [
        *range(0x20, 0x7F),
        *range(0xFE10, 0xFE1A),
        *range(0xFE30, 0xFE45),
        *range(0xFF01, 0xFF5F),
    ]
    return symbols | {chr(code) for code in forms} | set("￠￡￥\u3000")


def decoded(codec: str, leads: range, trails: range) -> set[str]:
    pairs = (bytes([lead, trail]) for lead in leads for trail in trails)
    return {ch for pair in pairs for ch in pair.decode(codec, "ignore") if len(ch) == 1}


def subset(font: TTFont, codes: set[int]) -> None:
    """Keep the glyphs of `codes` only; no hints, no layout tables, no glyph names."""
    options = Options(
        hinting=False,
        layout_features=[],
        name_IDs=["*"],
        name_languages=["*"],
        notdef_outline=True,
        glyph_names=False,
        recalc_timestamp=False,
        drop_tables=[
            "BASE",
            "GDEF",
            "GPOS",
            "GSUB",
            "STAT",
            "VORG",
            "vhea",
            "vmtx",
            "gasp",
            "kern",
            "FFTM",
        ],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


def quadratic(font: TTFont, error: float = 1.0) -> None:
    """Replace CFF outlines by TrueType ones that stray at most `error` font units."""
    glyphs = font.getGlyphSet()
    order = font.getGlyphOrder()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, error, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"] = newTable("loca")
    glyf = font["glyf"] = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = outlines
    del font["CFF "]
    maxp = font["maxp"] = newTable("maxp")
    maxp.tableVersion = 0x00010000
    maxp.numGlyphs = len(order)
    zero = "maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements"
    for field in [*zero.split(), "maxSizeOfInstructions"]:
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    font["post"].formatType = 3.0
    font["post"].glyphOrder = None
    font.sfntVersion = "\000\001\000\000"


def chinese_marks(font: TTFont) -> None:
    """Make —— one line and · a full em wide, as Chinese text wants them where Latin text does not.

    The centre of an em square is 380 units above the base line in all of these faces.
    """
    cmap, glyf = font.getBestCmap(), font["glyf"]
    dash = glyf[cmap[ord("—")]]
    dash.recalcBounds(glyf)
    if (dash.xMin, dash.xMax) != (0, 1000):
        half = (dash.yMax - dash.yMin) / 2
        pen = TTGlyphPen(None)
        pen.moveTo((0, round(380 - half)))
        for corner in [(0, 380 + half), (1000, 380 + half), (1000, 380 - half)]:
            pen.lineTo((corner[0], round(corner[1])))
        pen.closePath()
        glyf[cmap[ord("—")]] = pen.glyph()
        font["hmtx"][cmap[ord("—")]] = (1000, 0)
    for table in font["cmap"].tables:
        if ord("・") in table.cmap:
            table.cmap[ord("·")] = table.cmap[ord("・")]


def rename(font: TTFont, face: Face, source: Source) -> None:
    """Name the subset as the licences ask: own names, the makers' copyright and licence kept."""
    table = font["name"]
    kept = {record.nameID: str(record) for record in table.names if record.langID in (0, 0x409)}
    postscript = face.family.replace(" ", "")
    names = {name: kept[name] for name in (0, 13, 14) if kept.get(name)}
    names |= {
        1: face.family,
        2: "Regular",
        3: f"{postscript};{source.version}",
        4: face.family,
        5: kept[5],
        6: postscript,
        10: f"Subset of {Path(source.path).name} ({source.package} {source.version})",
    }
    table.names = []
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
    table.setName(face.chinese, 1, 3, 1, 0x804)
    table.setName(face.chinese, 4, 3, 1, 0x804)


def inked(path: Path) -> set[int]:
    """Return the code points whose glyphs are not blank."""
    data = path.read_bytes()
    font = TTFont(BytesIO(lzma.decompress(data) if path.suffix == ".xz" else data))
    glyf = font["glyf"]
    return {code for code, name in font.getBestCmap().items() if glyf[name].numberOfContours}


def ranges(codes: Iterable[int]) -> str:
    """Return code points as hexadecimal ranges: "21-7e b7"."""
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return " ".join(f"{a:x}" if a == b else f"{a:x}-{b:x}" for a, b in runs)


if __name__ == "__main__":
    main()
