import { createRequire } from 'node:module'
import { join } from 'node:path'
import * as z from 'zod'
import { fuseNames } from './fuse-wire.ts'

/** What electron-builder itself reads its configuration with; it is a part of it that no index names. */
interface ConfigurationReader {
  getConfig(projectFolder: string, path: string | null, options: null): Promise<unknown>
  validateConfiguration(configuration: unknown, log: { readonly isEnabled: false }): Promise<void>
}

const association = z.looseObject({ ext: z.string(), mimeType: z.string().optional(), role: z.string().optional() })
const targets = z.array(z.string())
const configuration = z.looseObject({
  productName: z.string(),
  asar: z.boolean(),
  asarUnpack: z.array(z.string()),
  publish: z.null(),
  fileAssociations: z.array(association),
  electronFuses: z.partialRecord(z.enum(fuseNames), z.boolean()),
  extraFiles: z.array(z.looseObject({ from: z.string(), to: z.string() })),
  mac: z.looseObject({ target: targets, hardenedRuntime: z.boolean(), entitlements: z.string(), icon: z.string() }),
  win: z.looseObject({ target: targets, verifyUpdateCodeSignature: z.boolean(), icon: z.string() }),
  nsis: z.looseObject({ oneClick: z.boolean(), perMachine: z.boolean(), allowElevation: z.boolean() }),
  linux: z.looseObject({ target: targets, mimeTypes: z.array(z.string()), icon: z.string() }),
})
export type BuilderConfiguration = z.infer<typeof configuration>

/**
 * Reads `electron-builder.yml` by electron-builder's own reader and checks it by its own schema.
 * @throws with electron-builder's words where it does not fit
 */
export async function readBuilderConfiguration(rootFolder: string): Promise<BuilderConfiguration> {
  const outer = createRequire(join(rootFolder, 'package.json'))
  const inner = createRequire(outer.resolve('electron-builder/package.json'))
  // Its shape is the one above, by its own declarations.
  const reader = inner('app-builder-lib/out/util/config/config.js') as ConfigurationReader
  const read = await reader.getConfig(rootFolder, null, null)
  await reader.validateConfiguration(read, { isEnabled: false })
  return configuration.parse(read)
}
