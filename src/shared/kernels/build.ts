/**
 * Compiles every AssemblyScript file of `assembly/` to `out/kernels/<name>.wasm`: `node src/shared/kernels/build.ts`.
 * A tool of the build, not of the program: the only file of the room that touches files.
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const sourceFolder = fileURLToPath(new URL('./assembly', import.meta.url))
const outputFolder = fileURLToPath(new URL('../../../out/kernels', import.meta.url))

/** No garbage collector: kernels work on byte offsets into one memory. A failed assertion traps; nothing is imported. */
const compilerOptions = '--runtime stub --optimizeLevel 3 --shrinkLevel 0 --converge --enable simd --use abort='.split(
  ' ',
)

/** Samplers share one memory between threads. Not every machine has what multiplies bytes or fuses products with sums. */
const samplerOptions = '--importMemory --sharedMemory --initialMemory 1 --maximumMemory 65536 --enable threads'.split(
  ' ',
)
const optionsOf = (name: string): readonly string[] => {
  const isFused = name.endsWith('-fused')
  return [
    ...(name.startsWith('wavenet-') ? samplerOptions : []),
    ...(name === 'wavenet-w8a7' || isFused ? ['--enable', 'relaxed-simd'] : []),
    // What multiplies bytes computes in f32, too, and there as on every machine.
    '--use',
    `FUSES_PRODUCTS=${Number(isFused)}`,
  ]
}

/** The WebAssembly binary of one kernel; throws with the compiler's complaint. */
export const compileKernel = (name: string): Promise<Uint8Array<ArrayBuffer>> =>
  compileAssembly(join(sourceFolder, `${name}.ts`), optionsOf(name))

/** The same of any AssemblyScript file, with more of the compiler's options. */
export async function compileAssembly(source: string, options: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  const name = basename(source, '.ts')
  const results: Uint8Array<ArrayBuffer>[] = []
  const keep = (_path: string, contents: string | Uint8Array): void => {
    if (typeof contents !== 'string') results.push(new Uint8Array(contents))
  }
  const args = [source, '--outFile', `${name}.wasm`, ...compilerOptions, ...options]
  const { error, stderr } = await asc.main(args, { writeFile: keep })
  if (error) throw new Error(`The kernel ${name} does not compile: ${error.message}\n${stderr.toString()}`)
  return results[0]
}

async function buildKernels(): Promise<void> {
  await mkdir(outputFolder, { recursive: true })
  const names = (await readdir(sourceFolder))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => basename(file, '.ts'))
  for (const name of names.sort()) {
    const binary = await compileKernel(name)
    await writeFile(join(outputFolder, `${name}.wasm`), binary)
    process.stdout.write(`kernel ${name}: ${binary.length} bytes in out/kernels/${name}.wasm\n`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernels()
