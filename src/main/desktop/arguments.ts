import { extname, resolve } from 'node:path'
import * as z from 'zod'

/** What a second start hands to the first: Windows shortens argument lists, so they travel as data. */
export const handover = z.object({ arguments: z.array(z.string().max(4096)).max(50), folder: z.string().max(4096) })
export type Handover = z.infer<typeof handover>

/** The project among the arguments of a start, if one was given; switches of the system are passed over. */
export function projectArgument({ arguments: given, folder }: Handover): string | null {
  const path = given.slice(1).find((argument) => !argument.startsWith('-') && extname(argument) === '.understudy')
  return path === undefined ? null : resolve(folder, path)
}
