#!/bin/sh
# Inside an old Debian: build a relocatable CPython from a newer Debian's own source packages, for old C libraries.
# build-python.sh MIRROR SUITE OUT: sources of SUITE from MIRROR; the tree goes to OUT. Root, in a throw-away chroot.
set -eu
mirror=$1 suite=$2 out=$3
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
here=$(dirname "$(readlink -f "$0")")

printf 'deb-src %s %s main\n' "$mirror" "$suite" "$mirror-security" "$suite-security" > /etc/apt/sources.list.d/newer.list
apt-get update -qq
apt-get install -y -qq --no-install-recommends build-essential dpkg-dev perl pkg-config patchelf file tcl \
  libbz2-dev libexpat1-dev libffi-dev liblzma-dev uuid-dev zlib1g-dev >/dev/null

work=/tmp/python-build
rm -rf "$work" "$out"
mkdir -p "$work" "$out"
cd "$work"
# Makes no noise unless it fails.
quiet() { "$@" >"$work/log" 2>&1 || { tail -n 30 "$work/log"; exit 1; }; }
sources="openssl sqlite3 python3.11"
if ! apt-get source -qq $sources >"$work/log" 2>&1; then
  # A mirror without the security archive: the suite's own; versions.txt and the bill of materials say which.
  echo "deb-src $mirror $suite main" > /etc/apt/sources.list.d/newer.list
  apt-get update -qq
  rm -rf "$work"/*
  quiet apt-get source -qq $sources
fi
versions() { dpkg-parsechangelog -l "$1"/debian/changelog -S Version; }

# Dates inside are the source's, so that a second build gives the same bytes.
SOURCE_DATE_EPOCH=$(dpkg-parsechangelog -l "$work"/python3.11-*/debian/changelog -S Timestamp)
export SOURCE_DATE_EPOCH PYTHONHASHSEED=0

# Symbols newer than glibc 2.28 that have an older version of the same meaning are bound to that one.
flags="-O2 -include $here/old-glibc.h"
jobs=$(nproc)

cd "$work"/openssl-*/
./config --prefix="$out" --libdir=lib --openssldir=/etc/ssl shared no-tests no-legacy $flags >/dev/null
quiet make -j"$jobs" build_sw
quiet make install_sw

cd "$work"/sqlite3-*/
quiet ./configure --prefix="$out" --disable-static --disable-tcl --disable-readline CFLAGS="$flags -DSQLITE_ENABLE_FTS5 \
 -DSQLITE_ENABLE_FTS3 -DSQLITE_ENABLE_RTREE -DSQLITE_ENABLE_DBSTAT_VTAB -DSQLITE_ENABLE_COLUMN_METADATA \
 -DSQLITE_ENABLE_MATH_FUNCTIONS -DSQLITE_SECURE_DELETE -DSQLITE_THREADSAFE=1 -DSQLITE_MAX_VARIABLE_NUMBER=250000"
quiet make -j"$jobs" libsqlite3.la
quiet make lib_install
cp sqlite3.h src/sqlite3ext.h "$out/include"

cd "$work"/python3.11-*/
# Debian's mended pyexpat reads inner headers; its own build says so in the same way.
printf '*shared*\npyexpat -DPy_BUILD_CORE_MODULE pyexpat.c -lexpat\n_elementtree _elementtree.c\n' > Modules/Setup.local
ac_cv_func_sem_clockwait=no ac_cv_func_gettid=no \
PKG_CONFIG_PATH="$out/lib/pkgconfig" CPPFLAGS="-I$out/include" LDFLAGS="-L$out/lib -Wl,-rpath,$out/lib" CFLAGS="$flags" \
./configure -q --prefix="$out" --enable-shared --with-openssl="$out" --with-openssl-rpath=no --without-ensurepip \
  --with-system-expat --with-system-ffi --without-static-libpython --disable-test-modules --with-computed-gotos >/dev/null
quiet make -j"$jobs"
quiet make install

# What Debian's own libraries are carried along, so that the tree needs nothing but the C library.
for name in libffi.so.7 libbz2.so.1.0 liblzma.so.5 libuuid.so.1 libz.so.1; do
  cp -L "$(ldconfig -p | sed -n "s|.*$name .*x86-64.* => ||p" | head -1)" "$out/lib/$name"
done
for file in "$out"/bin/python3.11 "$out"/lib/libpython3.11.so.1.0 "$out"/lib/lib*.so.* "$out"/lib/python3.11/lib-dynload/*.so; do
  [ -L "$file" ] && continue
  strip --strip-unneeded "$file"
  case $file in
    */bin/*) patchelf --set-rpath '$ORIGIN/../lib' "$file" ;;
    */lib-dynload/*) patchelf --set-rpath '$ORIGIN/../..' "$file" ;;
    *) patchelf --set-rpath '$ORIGIN' "$file" ;;
  esac
done
rm -rf "$out"/lib/python3.11/test "$out"/share "$out"/bin/openssl "$out"/bin/c_rehash "$out"/bin/sqlite3
if ls "$out"/lib/python3.11/lib-dynload/*_failed.so 2>/dev/null; then echo "these modules were built and cannot be loaded"; exit 1; fi
{
  for name in openssl sqlite3 python3.11; do echo "$name $(versions "$work"/$name-*/)"; done
  for name in libexpat1 libffi7 libbz2-1.0 liblzma5 libuuid1 zlib1g libc6; do echo "$name $(dpkg-query -W -f '${Version}' $name)"; done
} > "$out"/versions.txt
"$out"/bin/python3.11 -c 'import ssl, sqlite3, ctypes, pyexpat, bz2, lzma, zlib, uuid, hashlib; print(ssl.OPENSSL_VERSION, sqlite3.sqlite_version)'
objdump -T "$out"/bin/python3.11 "$out"/lib/*.so* "$out"/lib/python3.11/lib-dynload/*.so | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -1
