import type { Plugin } from 'vite'
import { BUNDLED_LIST } from './shipped-packages.ts'

/** What the bundler itself adds lies under these names, not in a folder. */
const ownModules = /^\0(vite|rolldown)\//

/** The package that a module's file belongs to; null for the program's own. */
export function packageOf(moduleId: string): string | null {
  const own = ownModules.exec(moduleId)
  if (own !== null) return own[1]
  const path = moduleId.replaceAll('\\', '/').split('?')[0]
  const at = path.lastIndexOf('/node_modules/')
  if (at < 0) return null
  const parts = path.slice(at + '/node_modules/'.length).split('/')
  return parts[0].startsWith('@') ? `${parts[0]}/${parts[1]}` : parts[0]
}

/** Writes down whose code was copied into the bundle, so that their licences can be named. */
export function writeBundledPackages(): Plugin {
  return {
    name: 'bundled-packages',
    generateBundle(_options, bundle) {
      const ids = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
      const names = [...new Set(ids.flatMap((id) => packageOf(id) ?? []))].sort()
      this.emitFile({ type: 'asset', fileName: BUNDLED_LIST, source: `${JSON.stringify(names, null, 2)}\n` })
    },
  }
}
