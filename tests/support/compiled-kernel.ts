import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createKernels, kernelNames, type Kernels } from '../../src/shared/kernels/kernels.ts'

const root = resolve(import.meta.dirname, '../..')
const kernelsFolder = join(root, 'src/shared/kernels')

/** Everything that a binary follows from: the sources of all kernels, how they are compiled, and by which compiler. */
function digestOfSources(): string {
  const assembly = readdirSync(join(kernelsFolder, 'assembly'), { recursive: true })
    .map((name) => join(kernelsFolder, 'assembly', String(name)))
    .filter((path) => path.endsWith('.ts'))
  const compiler = join(root, 'node_modules/assemblyscript/package.json')
  const digest = createHash('sha256')
  for (const path of [...assembly.sort(), join(kernelsFolder, 'build.ts'), compiler]) {
    digest.update(path.slice(root.length)).update(readFileSync(path))
  }
  return digest.digest('hex')
}

const folder = join(root, 'node_modules/.cache/kernels', digestOfSources())

/** A kernel as it is compiled from its source, which takes the compiler seconds: once for all tests. */
export async function compiledKernel(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const path = join(folder, `${name.replaceAll('/', '-')}.wasm`)
  const known = readIfThere(path)
  if (known !== null) return known
  // The compiler alone takes a second to load.
  const { compileKernel } = await import('../../src/shared/kernels/build.ts')
  const binary = await compileKernel(name)
  mkdirSync(folder, { recursive: true })
  // Two tests may compile it at once: each puts a whole file there.
  const passing = `${path}.${process.pid}`
  writeFileSync(passing, binary)
  renameSync(passing, path)
  return binary
}

/** All of them, as the program computes with them. */
export async function compiledKernels(): Promise<Kernels> {
  const modules = await Promise.all(kernelNames.map(async (name) => [name, await compiledKernel(name)] as const))
  return createKernels(Object.fromEntries(modules))
}

function readIfThere(path: string): Uint8Array<ArrayBuffer> | null {
  try {
    return new Uint8Array(readFileSync(path))
  } catch {
    return null
  }
}
