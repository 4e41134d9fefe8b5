#!/usr/bin/env bash
# Makes the archives beside it anew: GNU tar 1.34, bsdtar 3.6 (libarchive-tools), Python 3.11, 7z.
# Every one holds the members that DialectsTest expects; those of holes hold holes.txt too.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p d/sub
printf 'alpha' > d/a.txt
printf 'beta beta' > d/sub/b.txt
: > d/empty.txt
ln d/a.txt d/hard.txt
ln -s sub/b.txt d/soft.txt
long=d/$(printf 'l%.0s' {1..90})/$(printf 'm%.0s' {1..60}).txt
mkdir -p "$(dirname "$long")"
printf 'long' > "$long"
names=(d/a.txt d/sub d/sub/b.txt d/empty.txt d/hard.txt d/soft.txt "$long")
t() { tar --blocking-factor=1 --no-recursion --owner=0 --group=0 --mtime=@0 -cf "$@"; }
for format in gnu oldgnu ustar posix; do
  t "$here/gnu-$format.tar" --format=$format "${names[@]}"
done
t "$here/gnu-v7.tar" --format=v7 "${names[@]:0:6}"
for format in gnutar ustar pax; do
  bsdtar -b 1 -n --uid 0 --gid 0 --format=$format -cf "$here/bsd-$format.tar" "${names[@]}"
done
python3 - "$here" "$long" <<'P'
import sys, tarfile
names = ['d/a.txt', 'd/sub', 'd/sub/b.txt', 'd/empty.txt', 'd/hard.txt', 'd/soft.txt', sys.argv[2]]
for name, form in ('gnu', tarfile.GNU_FORMAT), ('pax', tarfile.PAX_FORMAT):
    with tarfile.open(f'{sys.argv[1]}/python-{name}.tar', 'w', format=form, pax_headers={'comment': 'of all'}) as tar:
        for each in names:
            tar.add(each, recursive=False)
P
7z a -ttar "$here/7z.tar" d/a.txt d/sub/b.txt d/empty.txt "$long" > /dev/null
# 10 regions with holes between them: more than a header holds; and a last hole at the end.
python3 - <<'P'
with open('holes.txt', 'wb') as f:
    for i in range(10):
        f.seek(i * 65536)
        f.write(b'data')
    f.truncate(11 * 65536)
P
for version in 0.0 0.1 1.0; do
  t "$here/holes-pax-$version.tar" --format=posix --sparse --hole-detection=raw --sparse-version=$version d/a.txt holes.txt d/sub/b.txt
done
t "$here/holes-gnu.tar" --format=gnu --sparse --hole-detection=raw d/a.txt holes.txt d/sub/b.txt
t "$here/holes-gnu-seek.tar" --format=gnu --sparse --hole-detection=seek d/a.txt holes.txt d/sub/b.txt
bsdtar -b 1 -n --uid 0 --gid 0 --format=pax -cf "$here/holes-bsd.tar" d/a.txt holes.txt d/sub/b.txt
