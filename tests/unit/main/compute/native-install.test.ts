import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { installNativeEngine } from '../../../../src/main/compute/native-install.ts'
import { findWheelAddress, nativeRecipe, wheelFileTarget } from '../../../../src/main/compute/native-recipe.ts'
import { unpackZip } from '../../../../src/main/compute/unpack-zip.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

test.each([
  ['darwin', 'arm64'],
  ['win32', 'x64'],
  ['linux', 'arm64'],
] as const)(
  'on %s %s the native engine is refused in plain words, and nothing is written',
  async (platform, architecture) => {
    const enginesFolder = join(temporaryFolder(), 'engines')
    const result = await installNativeEngine({ enginesFolder, onProgress: () => {}, platform, architecture })
    expect(!result.ok && result.failure.code).toBe('engine-unavailable')
    expect(!result.ok && result.failure.message).toContain('Linux on x64 only')
    expect(existsSync(enginesFolder)).toBe(false)
  },
)

test('only libraries, headers and licences leave the wheel, and none leaves its folder', () => {
  expect(wheelFileTarget('tensorflow/libtensorflow_cc.so.2')).toBe('lib/libtensorflow_cc.so.2')
  expect(wheelFileTarget('tensorflow/include/tensorflow/c/c_api.h')).toBe('include/tensorflow/c/c_api.h')
  expect(wheelFileTarget('tensorflow_cpu-2.18.1.dist-info/LICENSE')).toBe('LICENSE')
  for (const name of [
    'tensorflow/python/client.py',
    'tensorflow/include/../../evil.h',
    '/tensorflow/libtensorflow_cc.so.2',
    'tensorflow/../libtensorflow.so',
    'tensorflow/include/absl/base.h',
  ]) {
    expect(wheelFileTarget(name), name).toBeNull()
  }
})

test('the wheel is found on an index page, by relative or whole address, without its fragment', () => {
  const name = nativeRecipe.wheelName
  const page = `<a href="../../files/other.whl">other</a><a href="../../files/${name}#sha256=00">it</a>`
  expect(findWheelAddress(page, 'https://mirror.example/simple/tensorflow-cpu/', name)).toBe(
    `https://mirror.example/files/${name}`,
  )
  const whole = `<a href="https://files.example/a/${name}?token=1&amp;x=2">it</a>`
  expect(findWheelAddress(whole, 'https://mirror.example/simple/', name)).toBe(
    `https://files.example/a/${name}?token=1&x=2`,
  )
  expect(findWheelAddress('<a href="x.whl">x</a>', 'https://mirror.example/simple/', name)).toBeNull()
})

test('packed, stored and empty files of a zip come out whole; unwanted ones stay inside', async () => {
  const folder = temporaryFolder()
  const large = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251))
  writeFileSync(
    join(folder, 'test.zip'),
    zipOf([
      { name: 'a/packed.bin', bytes: large, isPacked: true },
      { name: 'a/stored.txt', bytes: Buffer.from('as it is'), isPacked: false },
      { name: 'empty', bytes: Buffer.alloc(0), isPacked: false },
      { name: 'unwanted', bytes: Buffer.from('no'), isPacked: false },
    ]),
  )
  const out = join(folder, 'out')
  const fractions: number[] = []
  await unpackZip(
    join(folder, 'test.zip'),
    (name) => (name === 'unwanted' ? null : join(out, name)),
    (fraction) => fractions.push(fraction),
  )
  expect(readFileSync(join(out, 'a/packed.bin')).equals(large)).toBe(true)
  expect(readFileSync(join(out, 'a/stored.txt'), 'utf8')).toBe('as it is')
  expect(existsSync(join(out, 'unwanted'))).toBe(false)
  expect(fractions[fractions.length - 1]).toBe(1)
})

test('what is no zip is refused', async () => {
  const path = join(temporaryFolder(), 'no.zip')
  writeFileSync(path, 'this is no zip file at all, only some words')
  await expect(
    unpackZip(
      path,
      () => null,
      () => {},
    ),
  ).rejects.toThrow('no zip file')
})

interface Packed {
  readonly name: string
  readonly bytes: Buffer
  readonly isPacked: boolean
}

/** The zip format by hand: local headers with data, the directory, its end. */
function zipOf(files: readonly Packed[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, bytes, isPacked } of files) {
    const data = isPacked ? deflateRawSync(bytes) : bytes
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(isPacked ? 8 : 0, 4)
    fields.writeUInt32LE(data.length, 14)
    fields.writeUInt32LE(bytes.length, 18)
    fields.writeUInt16LE(name.length, 22)
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), data)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), fields, rest, Buffer.from(name))
    at += 30 + name.length + data.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(listed.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...parts, listed, Buffer.from('PK\x05\x06', 'latin1'), end])
}
