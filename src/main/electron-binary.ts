import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Where the electron package unpacks its binary, by its own naming; null where it is not there. */
export function electronBinary(rootFolder: string): string | null {
  const inPackage = join(rootFolder, 'node_modules', 'electron', 'dist')
  const binary = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? inPackage, binaryName())
  return existsSync(binary) ? binary : null
}

function binaryName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}
