import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { nativeVariantIds, type NativeOffer, type NativeVariantId } from '../../../shared/contract/engines.ts'
import { inEnglish } from '../../../shared/contract/told.ts'
import { obstacleToldOn, thisMachine, type NativeMachine } from './native-machine.ts'
import { ADDON_PACKAGE, downloadBytes, nativeRecipes, type NativeRecipe } from './native-recipe.ts'
import { receivedBytes } from './pinned-download.ts'

export const nativeFolder = (enginesFolder: string): string => join(enginesFolder, 'tensorflow')
/** Downloads lie here until the engine is whole, so that an interrupted one goes on. */
export const downloadsFolder = (enginesFolder: string): string => join(enginesFolder, 'downloads')

/** Written last into the engine's folder: what it is. */
export const installationRecord = z.object({ variant: z.enum(nativeVariantIds), installedAtMs: z.number() })
const RECORD_NAME = 'installed.json'
export const recordPath = (folder: string): string => join(folder, RECORD_NAME)

/** What a person may install here, with size, place and terms, and how much of it came already. */
export async function describeOffer(enginesFolder: string, machine: NativeMachine = thisMachine): Promise<NativeOffer> {
  const obstacle = obstacleToldOn(machine)
  return {
    obstacle: obstacle && inEnglish(obstacle),
    ...(obstacle && { obstacleTold: obstacle }),
    installed: installedVariant(enginesFolder),
    variants: await Promise.all(nativeVariantIds.map((id) => describe(nativeRecipes[id], enginesFolder))),
  }
}

async function describe(recipe: NativeRecipe, enginesFolder: string): Promise<NativeOffer['variants'][number]> {
  const { id, label, diskBytes, licence, caveat, wheels } = recipe
  const received = await Promise.all(wheels.map((wheel) => receivedBytes(downloadsFolder(enginesFolder), wheel)))
  return {
    id,
    label,
    downloadBytes: downloadBytes(recipe),
    receivedBytes: received.reduce((sum, bytes) => sum + bytes, 0),
    diskBytes,
    licence,
    caveat,
  }
}

export function installedVariant(enginesFolder: string): NativeVariantId | null {
  const folder = nativeFolder(enginesFolder)
  try {
    const record = installationRecord.safeParse(JSON.parse(readFileSync(recordPath(folder), 'utf8')))
    if (record.success) return record.data.variant
  } catch {
    // Installed by an earlier version, or not at all.
  }
  return existsSync(join(folder, 'node_modules', ...ADDON_PACKAGE.split('/'))) ? 'cpu' : null
}
