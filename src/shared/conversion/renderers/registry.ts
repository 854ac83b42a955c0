import type { RendererId } from '../../project/renderers.ts'
import { filterRenderer } from './filter.ts'
import type { Renderer } from './renderer.ts'
import { worldRenderer } from './world.ts'

/** Every renderer by the id that a performance names it by; `project/renderers.ts` says what each can do. */
export const renderers: Readonly<Record<RendererId, Renderer>> = {
  filter: filterRenderer,
  world: worldRenderer,
}
