import { join } from 'node:path'
import type { SourceId } from '../../shared/base/id.ts'
import type { KnownPlace } from '../../shared/contract/compute.ts'
import type { ApplicationPaths } from '../paths.ts'
import { ENGINE_VERSION } from '../compute/engine-version.ts'

/** Where what is found out about a source is kept for the next conversion. */
export const knownPlace = (sourceId: SourceId, { homeFolder }: Pick<ApplicationPaths, 'homeFolder'>): KnownPlace => ({
  folder: join(homeFolder, 'analysis'),
  sourceKey: `${ENGINE_VERSION}/${sourceId}`,
})
