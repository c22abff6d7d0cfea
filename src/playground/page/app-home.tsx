// The app's own tabs: its home, where the app has one.

import { useEffect } from 'react';
import { deed } from './api.js';
import { Blocks } from './blocks.js';
import { useModel } from './model.js';
import { type Surface, SurfaceProvider } from './surface.js';

/** The Home tab, opened: the app is told so, and publishes what is shown. */
export function AppHome() {
  const { me, home, situation } = useModel();
  const { startedOver } = situation;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a workspace that was started over has not been told yet.
  useEffect(() => void deed('open_home', { as: me.id }), [me.id, startedOver]);
  const surface: Surface = {
    act: async (actionId, blockId, value) => {
      await deed('click', { as: me.id, home: true, action_id: actionId, block_id: blockId, value });
    },
  };
  return (
    <section className="home" aria-label="Home">
      {home === undefined ? (
        <p className="nothing">The app has not published its home yet.</p>
      ) : (
        <SurfaceProvider surface={surface}>
          <Blocks blocks={home.blocks} />
        </SurfaceProvider>
      )}
    </section>
  );
}
