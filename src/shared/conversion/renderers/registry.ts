import type { BuiltInRendererId } from '../../project/renderers.ts'
import { filterRenderer } from './filter.ts'
import type { Renderer } from './renderer.ts'
import { worldRenderer } from './world.ts'

/** Every renderer that comes with the program by the id that a performance names it by; `project/renderers.ts` says what each can do. */
export const renderers: Readonly<Record<BuiltInRendererId, Renderer>> = {
  filter: filterRenderer,
  world: worldRenderer,
}
