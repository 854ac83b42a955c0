import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

export const sourceRoot = resolve(import.meta.dirname, '../../src')

/** One import statement: the file it stands in, and what it names (a path from src/, or a package). */
export interface Import {
  readonly file: string
  readonly target: string
  readonly isPackage: boolean
  readonly isTypeOnly: boolean
  /** Only where the code comes to it. */
  readonly isDynamic: boolean
}

/** Every source file under src/, as paths from there. AssemblyScript is another language with its own compiler. */
export function sourceFiles(): readonly string[] {
  return readdirSync(sourceRoot, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter(
      (path) => /\.(ts|svelte)$/.test(path) && !path.endsWith('.d.ts') && !path.startsWith('shared/kernels/assembly/'),
    )
    .sort()
}

const statement =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'"()]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

export function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(sourceRoot, file), 'utf8')
  return [...text.matchAll(statement)].map((match) => {
    const specifier = match[2] ?? match[3]
    const isPackage = !specifier.startsWith('.')
    const target = isPackage
      ? specifier
      : relative(sourceRoot, resolve(sourceRoot, dirname(file), specifier)).replaceAll('\\', '/')
    return {
      file,
      target: target.split('?')[0],
      isPackage,
      isTypeOnly: match[1] !== undefined,
      isDynamic: match[3] !== undefined,
    }
  })
}
