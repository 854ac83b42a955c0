import { existsSync } from 'node:fs'
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CancelledError, failure, FailureError } from '../../../shared/base/errors.ts'
import type { NativeVariantId } from '../../../shared/contract/engines.ts'
import { fileFailure } from '../../files/file-operations.ts'
import type { TrialEnd } from '../engines/engine-trial.ts'
import { takeInstallTurn } from './install-turn.ts'
import { downloadWheel, type WheelDownload } from './native-download.ts'
import { findCompiler, obstacleOn, thisMachine, type NativeMachine } from './native-machine.ts'
import { downloadsFolder, nativeFolder, recordPath } from './native-offer.ts'
import packageLock from './native-packages.json' with { type: 'json' }
import { ADDON_PACKAGE, downloadBytes, libraryLinks, nativeRecipes, type NativeRecipe } from './native-recipe.ts'
import { receivedBytes } from './pinned-download.ts'
import { runTool } from './run-tool.ts'
import { unpackZip } from './unpack-zip.ts'

export interface NativeInstallOptions {
  /** `<UNDERSTUDY_HOME>/engines`; nothing outside it is written. */
  readonly enginesFolder: string
  readonly variant: NativeVariantId
  /** Ends it at once; what was downloaded stays for the next time. */
  readonly signal: AbortSignal
  readonly onProgress: (fraction: number, phase: string) => void
  /** Tries the engine as it now lies in its folder, in a process of its own. */
  readonly trial: () => Promise<TrialEnd>
  readonly machine?: NativeMachine
  readonly indexes?: WheelDownload['indexes']
}

/** Shares of the whole, by what they took on a line of 40 MB/s. */
const PACKAGES_DONE = 0.1
const DOWNLOAD_DONE = 0.75
const UNPACK_DONE = 0.9
const COMPILE_DONE = 0.95

/**
 * Installs native TensorFlow: packages from npm, libraries out of pinned wheels, and the addon compiled here. What
 * was there before stays until the new engine has computed rightly. Throws FailureError, or CancelledError.
 * @returns its folder
 */
export async function installNativeEngine(options: NativeInstallOptions): Promise<string> {
  const { enginesFolder, onProgress, signal } = options
  const recipe = nativeRecipes[options.variant]
  const growing = `${nativeFolder(enginesFolder)}.part`
  const compiler = await requireMachine(recipe, options)
  const giveBackTurn = await takeInstallTurn(enginesFolder)
  try {
    await rm(growing, { recursive: true, force: true })
    await mkdir(growing, { recursive: true })
    onProgress(0, 'fetching the packages')
    await installPackages(growing, signal)
    const wheels = await downloadAll(recipe, options)
    const addonFolder = join(growing, 'node_modules', ...ADDON_PACKAGE.split('/'))
    await unpackAll(recipe, wheels, join(addonFolder, 'deps'), options)
    onProgress(UNPACK_DONE, 'compiling the addon')
    await compileAddon(compiler, growing, addonFolder, signal)
    await writeFile(recordPath(growing), `${JSON.stringify({ variant: recipe.id, installedAtMs: Date.now() })}\n`)
    onProgress(COMPILE_DONE, 'trying it')
    await putInPlace(growing, nativeFolder(enginesFolder), options.trial)
    await rm(downloadsFolder(enginesFolder), { recursive: true, force: true })
    onProgress(1, 'installed')
    return nativeFolder(enginesFolder)
  } catch (cause) {
    await rm(growing, { recursive: true, force: true, maxRetries: 3 })
    if (signal.aborted || cause instanceof CancelledError) throw new CancelledError()
    if (cause instanceof FailureError) throw cause
    if (isFullDisk(cause)) throw new FailureError(fileFailure(cause, enginesFolder, 'write'))
    const details = cause instanceof Error ? cause.message : String(cause)
    const message = 'The native engine could not be installed; training goes on as before.'
    throw new FailureError(failure('engine-unavailable', message, 'The details say which step failed.', details))
  } finally {
    await giveBackTurn()
  }
}

const isFullDisk = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && (cause.code === 'ENOSPC' || cause.code === 'EDQUOT')

/** Removes the engine, and what an interrupted download left. Throws FailureError while somebody installs it. */
export async function removeNativeEngine(enginesFolder: string): Promise<void> {
  if (!existsSync(enginesFolder)) return
  const giveBackTurn = await takeInstallTurn(enginesFolder)
  const folder = nativeFolder(enginesFolder)
  try {
    for (const place of [folder, `${folder}.part`, `${folder}.old`, downloadsFolder(enginesFolder)]) {
      await rm(place, { recursive: true, force: true })
    }
  } finally {
    await giveBackTurn()
  }
}

/** @returns the compiler */
async function requireMachine(recipe: NativeRecipe, options: NativeInstallOptions): Promise<string> {
  const { enginesFolder, machine = thisMachine } = options
  const compiler = findCompiler(machine)
  const obstacle = obstacleOn(machine)
  if (obstacle !== null || compiler === null) throw new FailureError(failure('engine-unavailable', obstacle ?? ''))
  const downloads = downloadsFolder(enginesFolder)
  const received = await Promise.all(recipe.wheels.map((wheel) => receivedBytes(downloads, wheel)))
  const needed = recipe.diskBytes - received.reduce((sum, bytes) => sum + bytes, 0)
  const found = machine.freeDiskBytes(enginesFolder)
  if (found >= needed) return compiler
  const [neededText, foundText] = [needed, found].map((bytes) => `${Math.ceil(bytes / 1e6)} MB`)
  const message = `The native engine needs ${neededText} of disk in “${enginesFolder}”, and ${foundText} are free.`
  throw new FailureError(failure('disk-full', message, 'Free some space and try again.'))
}

/** Exactly the pinned ones. Scripts stay off: the package's own would download what this recipe brings. */
async function installPackages(folder: string, signal: AbortSignal): Promise<void> {
  const description = { private: true, dependencies: packageLock.packages[''].dependencies }
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(description)}\n`)
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(packageLock))
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent']
  await runTool('npm', ['ci', ...options], { signal, folder })
}

/** @returns paths, in the recipe's order */
async function downloadAll(recipe: NativeRecipe, options: NativeInstallOptions): Promise<readonly string[]> {
  const { enginesFolder, signal, onProgress, indexes } = options
  const folder = downloadsFolder(enginesFolder)
  await mkdir(folder, { recursive: true })
  const total = downloadBytes(recipe)
  const paths: string[] = []
  let earlier = 0
  for (const wheel of recipe.wheels) {
    const onBytes = (received: number) => {
      const done = earlier + received
      const words = `fetching the libraries, ${Math.floor(done / 1e6)} of ${Math.ceil(total / 1e6)} MB`
      onProgress(PACKAGES_DONE + (DOWNLOAD_DONE - PACKAGES_DONE) * (done / total), words)
    }
    onBytes(await receivedBytes(folder, wheel))
    paths.push(await downloadWheel(wheel, { folder, signal, onBytes, ...(indexes === undefined ? {} : { indexes }) }))
    earlier += wheel.bytes
  }
  return paths
}

async function unpackAll(
  recipe: NativeRecipe,
  paths: readonly string[],
  deps: string,
  { signal, onProgress }: NativeInstallOptions,
): Promise<void> {
  for (const [index, wheel] of recipe.wheels.entries()) {
    const targetOf = (name: string) => {
      const target = wheel.targetOf(name)
      return target === null ? null : join(deps, target)
    }
    await unpackZip(paths[index], targetOf, recipe.diskBytes, (part) => {
      if (signal.aborted) throw new CancelledError()
      onProgress(DOWNLOAD_DONE + (UNPACK_DONE - DOWNLOAD_DONE) * ((index + part) / paths.length), 'unpacking')
    })
  }
  for (const [link, target] of Object.entries(libraryLinks)) {
    if (!existsSync(join(deps, 'lib', target))) throw new Error(`the wheel holds no ${target}`)
    await symlink(target, join(deps, 'lib', link))
  }
}

/** The package's own two source files; Node-API's headers are one of the pinned packages. */
async function compileAddon(compiler: string, folder: string, addonFolder: string, signal: AbortSignal): Promise<void> {
  const output = join(addonFolder, 'lib', 'napi-v8')
  await mkdir(output, { recursive: true })
  const includes = [
    join(folder, 'node_modules', 'node-api-headers', 'include'),
    dirname(addonFolder),
    join(addonFolder, 'deps', 'include'),
  ]
  const defines = ['NAPI_VERSION=8', 'BUILDING_NODE_EXTENSION', 'NODE_GYP_MODULE_NAME=tfjs_binding']
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(addonFolder, 'binding', name))
  const libraries = ['-Wl,-rpath,$ORIGIN/../../deps/lib', '-ltensorflow', '-ltensorflow_framework']
  await runTool(
    compiler,
    [
      ...['-std=c++17', '-O2', '-fPIC', '-shared'],
      ...defines.map((define) => `-D${define}`),
      ...includes.map((include) => `-I${include}`),
      ...sources,
      ...['-o', join(output, 'tfjs_binding.node')],
      ...[`-L${join(addonFolder, 'deps', 'lib')}`, ...libraries],
    ],
    { signal },
  )
}

/** The new engine takes its place to be tried there; when it fails, the earlier one comes back. */
async function putInPlace(growing: string, folder: string, trial: () => Promise<TrialEnd>): Promise<void> {
  const earlier = `${folder}.old`
  await rm(earlier, { recursive: true, force: true })
  const hadEarlier = existsSync(folder)
  if (hadEarlier) await rename(folder, earlier)
  await rename(growing, folder)
  const found = await trial().catch((cause: unknown): TrialEnd => ({ isRight: false, reason: String(cause) }))
  if (found.isRight) return rm(earlier, { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true })
  if (hadEarlier) await rename(earlier, folder)
  const message = `The native engine was installed, but it ${found.reason}. It was removed again.`
  throw new FailureError(failure('engine-unavailable', message, 'Training goes on as before.'))
}
