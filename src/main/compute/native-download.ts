import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { findWheelAddress, nativeRecipe } from './native-recipe.ts'

const run = promisify(execFile)

/**
 * Fetches the pinned wheel: from pip's own index where one is configured, else from the public one, and where that
 * fails through pip itself, which knows a company's proxies and certificates. Checked against its pinned digest.
 */
export async function downloadWheel(folder: string, onProgress: (fraction: number) => void): Promise<string> {
  const path = join(folder, nativeRecipe.wheelName)
  const reasons: string[] = []
  for (const fetchIt of [() => fetchFromIndex(path, onProgress), () => downloadThroughPip(folder)]) {
    try {
      await fetchIt()
      await requireDigest(path)
      return path
    } catch (cause) {
      if (cause instanceof FailureError) throw cause
      reasons.push(cause instanceof Error ? cause.message.split('\n')[0] : String(cause))
    }
  }
  throw new FailureError(
    failure(
      'engine-unavailable',
      `The engine's libraries (${nativeRecipe.wheelName}) could not be fetched from the Python index.`,
      'Check the connection, or set PIP_INDEX_URL to an index that this machine reaches.',
      reasons.join('; '),
    ),
  )
}

async function fetchFromIndex(path: string, onProgress: (fraction: number) => void): Promise<void> {
  const pageAddress = `${(await configuredIndex()).replace(/\/+$/, '')}/${nativeRecipe.wheelProject}/`
  const page = await fetch(pageAddress, { headers: { accept: 'text/html' } })
  if (!page.ok) throw new Error(`${pageAddress} answers ${page.status}`)
  const address = findWheelAddress(await page.text(), page.url || pageAddress, nativeRecipe.wheelName)
  if (address === null) throw new Error(`${pageAddress} does not list ${nativeRecipe.wheelName}`)
  const wheel = await fetch(address)
  if (!wheel.ok || wheel.body === null) throw new Error(`${new URL(address).host} answers ${wheel.status}`)
  await pipeline(countedChunks(wheel.body.getReader(), onProgress), createWriteStream(path))
}

async function* countedChunks(
  reader: { read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }> },
  onProgress: (fraction: number) => void,
): AsyncGenerator<Uint8Array> {
  let received = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done || value === undefined) return
    received += value.length
    if (received > nativeRecipe.wheelBytes) throw new Error('the download is larger than the pinned file')
    onProgress(received / nativeRecipe.wheelBytes)
    yield value
  }
}

async function configuredIndex(): Promise<string> {
  const fromEnvironment = process.env['PIP_INDEX_URL']
  if (fromEnvironment) return fromEnvironment
  try {
    const { stdout } = await run('pip', ['config', 'get', 'global.index-url'])
    return stdout.trim() || nativeRecipe.publicIndex
  } catch {
    return nativeRecipe.publicIndex // no pip, or nothing configured
  }
}

async function downloadThroughPip(folder: string): Promise<void> {
  const requirement = `${nativeRecipe.wheelProject}==${nativeRecipe.wheelName.split('-')[1]}`
  const options = ['--no-deps', '--only-binary=:all:', '--python-version', '311', '--dest', folder]
  await run('pip', ['download', '--quiet', ...options, '--platform', 'manylinux2014_x86_64', requirement])
}

async function requireDigest(path: string): Promise<void> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  const found = hash.digest('hex')
  if (found === nativeRecipe.wheelSha256) return
  throw new FailureError(
    failure(
      'engine-unavailable',
      `The engine's libraries are not the pinned ones: expected SHA-256 ${nativeRecipe.wheelSha256}, found ${found}.`,
      'Nothing was installed. Try again, or ask whoever keeps the Python index.',
    ),
  )
}
