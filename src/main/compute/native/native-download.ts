import { join } from 'node:path'
import { CancelledError, failure, FailureError } from '../../../shared/base/errors.ts'
import { findWheelAddress, PUBLIC_INDEX, type PinnedWheel } from './native-recipe.ts'
import { downloadPinned, requireDigest } from './pinned-download.ts'
import { runTool } from './run-tool.ts'

/** Most index pages are some hundred kilobytes. */
const PAGE_TIMEOUT_MS = 60_000

export interface WheelDownload {
  readonly folder: string
  readonly signal: AbortSignal
  readonly onBytes: (receivedBytes: number) => void
  /** Where indexes are looked for; the environment and pip's configuration when left out. */
  readonly indexes?: readonly string[]
}

/**
 * Fetches a pinned wheel from pip's own index where one is configured, and where that fails through pip itself, which
 * knows a company's proxies and certificates, and last from the public index. Throws FailureError or CancelledError.
 */
export async function downloadWheel(wheel: PinnedWheel, options: WheelDownload): Promise<string> {
  const indexes = options.indexes ?? (await knownIndexes(process.env, options.signal))
  const [first, ...others] = indexes
  const ways = [
    () => fetchFromIndex(first, wheel, options),
    ...(options.indexes === undefined ? [() => downloadThroughPip(wheel, options)] : []),
    ...others.map((index) => () => fetchFromIndex(index, wheel, options)),
  ]
  const reasons: string[] = []
  for (const fetchIt of ways) {
    try {
      return await fetchIt()
    } catch (cause) {
      if (cause instanceof FailureError || cause instanceof CancelledError) throw cause
      if (options.signal.aborted) throw new CancelledError()
      reasons.push(cause instanceof Error ? describe(cause) : String(cause))
    }
  }
  throw new FailureError(
    failure(
      'engine-unavailable',
      `${wheel.name} could not be fetched from the Python index. What came so far is kept.`,
      'Check the connection and try again, or set PIP_INDEX_URL to an index that this machine reaches.',
      reasons.join('; '),
    ),
  )
}

async function fetchFromIndex(index: string, wheel: PinnedWheel, options: WheelDownload): Promise<string> {
  const pageAddress = `${index.replace(/\/+$/, '')}/${wheel.project}/`
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(PAGE_TIMEOUT_MS)])
  const page = await fetch(pageAddress, { headers: { accept: 'text/html' }, signal })
  if (!page.ok) throw new Error(`${pageAddress} answers ${page.status}`)
  const address = findWheelAddress(await page.text(), page.url || pageAddress, wheel.name)
  if (address === null) throw new Error(`${pageAddress} does not list ${wheel.name}`)
  return downloadPinned({ ...options, address, file: wheel })
}

/** The configured index first, the public one last; the same one only once. */
export async function knownIndexes(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<readonly string[]> {
  const fromEnvironment = environment['PIP_INDEX_URL']
  const configured = fromEnvironment ? fromEnvironment : await configuredIndex(signal)
  return [...new Set([...(configured === null ? [] : [configured]), PUBLIC_INDEX])]
}

async function configuredIndex(signal: AbortSignal): Promise<string | null> {
  try {
    const said = await runTool('pip', ['config', 'get', 'global.index-url'], { signal })
    return said.trim() || null
  } catch {
    return null // no pip, or nothing configured
  }
}

async function downloadThroughPip(wheel: PinnedWheel, { folder, signal, onBytes }: WheelDownload): Promise<string> {
  const [, version] = wheel.name.split('-')
  const options = ['--no-deps', '--only-binary=:all:', '--python-version', '311', '--dest', folder]
  const platform = ['--platform', 'manylinux2014_x86_64', `${wheel.project}==${version}`]
  await runTool('pip', ['download', '--quiet', ...options, ...platform], { signal })
  const path = join(folder, wheel.name)
  await requireDigest(path, wheel)
  onBytes(wheel.bytes)
  return path
}

/** `fetch` hides the reason behind its error. */
const describe = (error: Error): string =>
  error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message.split('\n')[0]
