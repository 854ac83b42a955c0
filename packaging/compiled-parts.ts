import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A work that lies compiled, or copied, inside a package whose manifest does not speak for it. */
export interface CompiledPart {
  readonly name: string
  readonly licence: string
  /** Where that is said, and how it was seen to be in there. */
  readonly source: string
  /** Whose it is, where the package does not bring the text. */
  readonly copyright?: string
  /** A library file of its own beside the program, which a person may replace by their own build. */
  readonly isReplaceable?: true
}

const mpg123: CompiledPart = {
  name: 'mpg123',
  licence: 'LGPL-2.1-only',
  source: 'mpg123’s COPYING; the module’s own strings name MPG123_ errors',
}
const libFlac: CompiledPart = {
  name: 'libFLAC',
  licence: 'BSD-3-Clause',
  source: 'xiph/flac COPYING.Xiph; named in the README of @wasm-audio-decoders/flac',
  copyright: 'Copyright (C) 2000-2009 Josh Coalson\nCopyright (C) 2011-2025 Xiph.Org Foundation',
}
const libVorbis: CompiledPart = {
  name: 'libvorbis and libogg',
  licence: 'BSD-3-Clause',
  source: 'xiph/vorbis COPYING; named in the README of @wasm-audio-decoders/ogg-vorbis',
  copyright: 'Copyright (c) 2002-2020 Xiph.org Foundation',
}
const libOpus: CompiledPart = { name: 'libopus', licence: 'BSD-3-Clause', source: 'LICENSE.libopus in the package' }
const codecParser: CompiledPart = {
  name: 'codec-parser',
  licence: 'LGPL-3.0-or-later',
  source: 'the heads of its source files; copied into the one file of the package',
}
const puff: CompiledPart = {
  name: 'puff (zlib)',
  licence: 'Zlib',
  source: 'the folder src/puff of @wasm-audio-decoders/common',
  copyright: 'Copyright (C) 2002-2013 Mark Adler',
}
const long: CompiledPart = {
  name: 'long.js',
  licence: 'Apache-2.0',
  source: 'a few instructions for 64-bit division, from its own wasm folder',
}

/**
 * What lies inside, by package: said by people who looked. A package with compiled code that stands in no row fails the
 * check, so that a new decoder can't slip in under the licence of its wrapper.
 */
export const compiledParts: Readonly<Record<string, readonly CompiledPart[]>> = {
  '@alexanderolsen/libsamplerate-js': [
    { name: 'libsamplerate', licence: 'BSD-2-Clause', source: 'LICENSE.md in the package, its second half' },
  ],
  '@audio/decode-flac': [libFlac, codecParser, puff],
  '@audio/decode-mp3': [mpg123, puff],
  '@audio/decode-opus': [libOpus, codecParser],
  '@audio/decode-vorbis': [libVorbis, codecParser, puff],
  '@tensorflow/tfjs-backend-wasm': [
    {
      name: 'XNNPACK',
      licence: 'BSD-3-Clause',
      source: 'google/XNNPACK LICENSE; the module’s own kernels',
      copyright: 'Copyright (c) Facebook, Inc. and its affiliates. All rights reserved.\nCopyright 2019 Google LLC',
    },
  ],
  '@tensorflow/tfjs-core': [long],
  '@wasm-audio-decoders/common': [puff],
  '@wasm-audio-decoders/flac': [libFlac],
  '@wasm-audio-decoders/ogg-vorbis': [libVorbis],
  assemblyscript: [
    {
      name: 'AssemblyScript’s standard library',
      licence: 'Apache-2.0',
      source: 'its LICENSE; all that the kernels hold',
    },
  ],
  'better-sqlite3': [{ name: 'SQLite', licence: 'blessing', source: 'sqlite.org/copyright.html: public domain' }],
  electron: [
    {
      name: 'Chromium, V8, Node',
      licence: 'BSD-3-Clause AND MIT',
      source: 'LICENSES.chromium.html beside the program',
    },
    {
      name: 'FFmpeg (libffmpeg)',
      licence: 'LGPL-2.1-or-later',
      source: 'LICENSES.chromium.html beside the program',
      isReplaceable: true,
    },
  ],
  libflacjs: [{ ...libFlac, source: 'LICENSE in the package; xiph/flac COPYING.Xiph' }],
  long: [long],
  'mpg123-decoder': [mpg123],
  webgpu: [{ name: 'Dawn', licence: 'BSD-3-Clause', source: 'LICENSE in the package' }],
}

/** Whether a package holds machine code: a module, a library, or a script that brings its module along as text. */
export function holdsCompiledCode(folder: string): boolean {
  return filesUnder(folder).some((path) => {
    if (/\.(wasm|node|so|dll|dylib)$/.test(path)) return true
    return /\.[cm]?js$/.test(path) && embeddedModule.test(readFileSync(path, 'latin1'))
  })
}

/** A module as base64, or code that makes one of bytes that it unpacks. */
const embeddedModule = /AGFzbQ[A-Za-z0-9+/]{200}|new WebAssembly\.Module\(|WebAssembly\.(compile|instantiate)\(/

/** Its own files, not those of packages below it. */
function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesUnder(path)
    return [path]
  })
}
