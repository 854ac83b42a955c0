import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { installNativeEngine, removeNativeEngine } from '../../../../../src/main/compute/native/native-install.ts'
import { obstacleOn, type NativeMachine } from '../../../../../src/main/compute/native/native-machine.ts'
import { describeOffer, downloadsFolder } from '../../../../../src/main/compute/native/native-offer.ts'
import { makeFolder } from '../../../../../src/main/files/atomic-write.ts'
import {
  findWheelAddress,
  nativeRecipes,
  nvidiaTarget,
  tensorflowTarget,
} from '../../../../../src/main/compute/native/native-recipe.ts'
import { unpackZip } from '../../../../../src/main/compute/native/unpack-zip.ts'
import { FailureError } from '../../../../../src/shared/base/errors.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const machine: NativeMachine = {
  platform: 'linux',
  architecture: 'x64',
  hasGlibc: true,
  findTool: (name) => `/usr/bin/${name}`,
  freeDiskBytes: () => 1e12,
}

async function refusal(given: Partial<NativeMachine>, enginesFolder: string) {
  try {
    await installNativeEngine({
      enginesFolder,
      variant: 'cpu',
      signal: new AbortController().signal,
      onProgress: () => {},
      trial: () => Promise.reject(new Error('nothing is tried here')),
      machine: { ...machine, ...given },
      indexes: [],
    })
  } catch (cause) {
    if (cause instanceof FailureError) return cause.failure
    throw cause
  }
  throw new Error('it was not refused')
}

test.each([
  ['darwin', 'arm64'],
  ['win32', 'x64'],
  ['linux', 'arm64'],
] as const)(
  'on %s %s the native engine is refused in plain words, and nothing is written',
  async (platform, architecture) => {
    const enginesFolder = join(temporaryFolder(), 'engines')
    const failure = await refusal({ platform, architecture }, enginesFolder)
    expect(failure.code).toBe('engine-unavailable')
    expect(failure.message).toContain('Linux on x64 with GNU’s C library only')
    expect(failure.message).toContain('WebAssembly')
    expect(existsSync(enginesFolder)).toBe(false)
    expect((await describeOffer(enginesFolder, { ...machine, platform, architecture })).obstacle).toBe(failure.message)
  },
)

test('a Linux with another C library is refused before anything is fetched', async () => {
  const enginesFolder = join(temporaryFolder(), 'engines')
  const failure = await refusal({ hasGlibc: false }, enginesFolder)
  expect(failure.code).toBe('engine-unavailable')
  expect(failure.message).toContain('linux on x64 without GNU’s C library')
  expect(existsSync(enginesFolder)).toBe(false)
})

test('without a compiler or npm that is said before anything is fetched', async () => {
  const enginesFolder = join(temporaryFolder(), 'engines')
  expect(obstacleOn(machine)).toBeNull()
  expect(obstacleOn({ ...machine, findTool: (name) => (name === 'clang++' ? '/usr/bin/clang++' : null) })).toContain(
    'no npm',
  )
  const failure = await refusal({ findTool: (name) => (name === 'npm' ? '/usr/bin/npm' : null) }, enginesFolder)
  expect(failure.message).toContain('C++ compiler (the package g++)')
  expect(existsSync(enginesFolder)).toBe(false)
})

test('a disk that is too full is told with what is needed and what is free', async () => {
  const enginesFolder = join(temporaryFolder(), 'engines')
  const failure = await refusal({ freeDiskBytes: () => 3e8 }, enginesFolder)
  expect(failure.code).toBe('disk-full')
  expect(failure.message).toContain('1500 MB')
  expect(failure.message).toContain('300 MB are free')
})

test('the offer names size, place and terms of both variants, and counts what came already', async () => {
  const enginesFolder = temporaryFolder()
  const [wheel] = nativeRecipes.cpu.wheels
  makeFolder(downloadsFolder(enginesFolder))
  writeFileSync(join(downloadsFolder(enginesFolder), `${wheel.name}.part`), Buffer.alloc(1234))
  const { installed, variants } = await describeOffer(enginesFolder, machine)
  expect(installed).toBeNull()
  expect(variants.map(({ id, downloadBytes, receivedBytes }) => [id, downloadBytes, receivedBytes])).toEqual([
    ['cpu', 230_236_181, 1234],
    ['gpu', 2_157_290_574, 0],
  ])
  for (const { licence, diskBytes, downloadBytes } of variants) {
    expect(licence).toContain('Apache License 2.0')
    expect(diskBytes).toBeGreaterThan(2 * downloadBytes)
  }
  expect(variants[1].caveat).toContain('untested')
})

test('removing takes the engine and what an interrupted download left, and leaves what the self-tests found', async () => {
  const enginesFolder = temporaryFolder()
  for (const name of ['tensorflow', 'tensorflow.part', 'downloads']) makeFolder(join(enginesFolder, name, 'deep'))
  writeFileSync(join(enginesFolder, 'self-tests.json'), '[]')
  await removeNativeEngine(enginesFolder)
  expect(readdirSync(enginesFolder)).toEqual(['self-tests.json'])
})

test('every wheel is pinned by its size and its digest', () => {
  for (const { wheels } of Object.values(nativeRecipes)) {
    for (const { name, bytes, sha256, project } of wheels) {
      expect(sha256).toMatch(/^[0-9a-f]{64}$/)
      expect(bytes).toBeGreaterThan(500_000)
      expect(name.startsWith(`${project.replaceAll('-', '_')}-`)).toBe(true)
      expect(name.endsWith('x86_64.whl')).toBe(true)
    }
  }
})

test('only libraries, headers and licences leave the wheels, and none leaves its folder', () => {
  expect(tensorflowTarget('tensorflow/libtensorflow_cc.so.2')).toBe('lib/libtensorflow_cc.so.2')
  expect(tensorflowTarget('tensorflow/include/tensorflow/c/c_api.h')).toBe('include/tensorflow/c/c_api.h')
  expect(tensorflowTarget('tensorflow/include/LICENSE')).toBe('LICENSE')
  expect(nvidiaTarget('nvidia/cublas/lib/libcublas.so.12')).toBe('nvidia/cublas/lib/libcublas.so.12')
  expect(nvidiaTarget('nvidia_cublas_cu12-12.5.3.2.dist-info/License.txt')).toBe(
    'licenses/nvidia_cublas_cu12-12.5.3.2.txt',
  )
  for (const name of [
    'tensorflow/python/client.py',
    'tensorflow/include/../../evil.h',
    '/tensorflow/libtensorflow_cc.so.2',
    'tensorflow/../libtensorflow.so',
    'tensorflow/include/absl/base.h',
    'nvidia/../lib/evil.so',
    '/nvidia/cublas/lib/libcublas.so.12',
    'nvidia/cublas/include/cublas.h',
    'nvidia/cublas./lib/libcublas.so.12',
    'nvidia/con.a/lib/libcublas.so.12',
    `nvidia/cublas/lib/${'lib'.repeat(60)}.so`,
    'nul.dist-info/License.txt',
  ]) {
    expect(tensorflowTarget(name), name).toBeNull()
    expect(nvidiaTarget(name), name).toBeNull()
  }
})

test('the wheel is found on an index page, by relative or whole address, without its fragment', () => {
  const [{ name }] = nativeRecipes.cpu.wheels
  const page = `<a href="../../files/other.whl">other</a><a href="../../files/${name}#sha256=00">it</a>`
  expect(findWheelAddress(page, 'https://mirror.example/simple/tensorflow-cpu/', name)).toBe(
    `https://mirror.example/files/${name}`,
  )
  const whole = `<a href="https://files.example/a/${name}?token=1&amp;x=2">it</a>`
  expect(findWheelAddress(whole, 'https://mirror.example/simple/', name)).toBe(
    `https://files.example/a/${name}?token=1&x=2`,
  )
  expect(findWheelAddress('<a href="x.whl">x</a>', 'https://mirror.example/simple/', name)).toBeNull()
  expect(findWheelAddress('<a href="http://[broken">x</a>', 'https://mirror.example/simple/', name)).toBeNull()
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
    MOST_BYTES,
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
      MOST_BYTES,
      () => {},
    ),
  ).rejects.toThrow(/not a zip file/i)
})

test('a file of a zip whose name leads out of it is refused, and nothing of it is written', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'hostile.zip')
  writeFileSync(path, zipOf([{ name: '../outside', bytes: Buffer.from('no'), isPacked: false }]))
  const unpacked = unpackZip(
    path,
    (name) => join(folder, 'out', name),
    MOST_BYTES,
    () => {},
  )
  await expect(unpacked).rejects.toThrow(/outside/)
  expect(existsSync(join(folder, 'outside'))).toBe(false)
})

test('a zip that would unpack to more than it may is refused before anything of it is written', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'bomb.zip')
  writeFileSync(path, zipOf([{ name: 'zeros', bytes: Buffer.alloc(MOST_BYTES + 1), isPacked: true }]))
  const unpacked = unpackZip(
    path,
    (name) => join(folder, 'out', name),
    MOST_BYTES,
    () => {},
  )
  await expect(unpacked).rejects.toThrow(/would unpack to 1000001 bytes/)
  expect(existsSync(join(folder, 'out'))).toBe(false)
})

test('an entry never goes where something stands already: not through a link, and not twice', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'out'))
  writeFileSync(join(folder, 'mine'), 'mine')
  const into = (name: string) =>
    unpackZip(
      join(folder, 'test.zip'),
      () => join(folder, 'out', name),
      MOST_BYTES,
      () => {},
    )
  const entry = { name: 'a', bytes: Buffer.from('theirs'), isPacked: false }
  writeFileSync(join(folder, 'test.zip'), zipOf([entry]))
  linkSync(join(folder, 'mine'), join(folder, 'out', 'linked'))
  await expect(into('linked')).rejects.toThrow(/exists/)
  expect(readFileSync(join(folder, 'mine'), 'utf8')).toBe('mine')
  writeFileSync(join(folder, 'test.zip'), zipOf([entry, { ...entry, name: 'b' }]))
  await expect(into('same')).rejects.toThrow(/exists/)
})

test('an entry whose name is more than a plain name is not wanted', () => {
  for (const part of ['?', 'a b', 'x:y', '\u202e', '', '..', '.hidden', 'a\\b'])
    expect(nvidiaTarget(`nvidia/${part}/lib/libcublas.so.12`)).toBeNull()
  expect(nvidiaTarget('nvidia/cublas/lib/libcublas.so.12')).toBe('nvidia/cublas/lib/libcublas.so.12')
})

test('a page with a link that is encoded as no address still gives the wheel beside it', () => {
  const page =
    '<a href="%zz/x.whl">x</a><a href="https://other.example/%E0%A4%A/x.whl">x</a><a href="../x.whl#sha256=0">x</a>'
  expect(findWheelAddress(page, 'https://index.example/simple/x/', 'x.whl')).toBe('https://index.example/simple/x.whl')
})

const MOST_BYTES = 1_000_000

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
