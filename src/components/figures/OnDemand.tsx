import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface Props<P> {
  load: () => Promise<ComponentType<P>>;
  /** Drawn with the part once it is there. */
  children: (part: ComponentType<P>) => ComponentChildren;
  /** What keeps its room until then. */
  still?: ComponentChildren;
}

/** A part whose script is fetched when it is needed; where it cannot be fetched, that is said in its place. */
export function OnDemand<P>({ load, children, still }: Props<P>) {
  const [part, setPart] = useState<{ readonly it: ComponentType<P> } | undefined>(undefined);
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(1);
  useEffect(() => {
    load().then(
      (it) => setPart({ it }),
      () => setFailed(true),
    );
  }, [load, tries]);
  if (failed)
    return (
      <p role="alert">
        This part could not be fetched: is the connection there?{' '}
        <button
          type="button"
          onClick={() => {
            if (tries > 1) return location.reload();
            setFailed(false);
            setTries(2);
          }}
        >
          {tries === 1 ? 'Try again' : 'Reload the page'}
        </button>
      </p>
    );
  return <>{part ? children(part.it) : still}</>;
}
