import type { ComponentProps } from 'preact';
import { TryAgain } from './TryAgain.tsx';

/** What a figure could not have, said at once, and a button that asks for it again: for a figure whose sentence goes on without. */
export function Failure(props: ComponentProps<typeof TryAgain>) {
  return (
    <>
      {props.failure && <p role="alert">{props.failure}</p>}
      <TryAgain {...props} />
    </>
  );
}
