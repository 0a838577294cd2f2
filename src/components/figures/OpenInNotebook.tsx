import { address } from '../../state/site/address.ts';

interface Props {
  /** The figure as cells, made when it is asked for. */
  codes: () => Promise<readonly string[]>;
  /** The figure, in words. */
  from: string;
}

/** Takes what a figure does along to the notebook, as code: there it is read before it runs. */
export function OpenInNotebook({ codes, from }: Props) {
  const open = async () => {
    const { codeHash } = await import('../../state/cells/code-link.ts');
    location.assign(`${address('notebook/')}#${await codeHash({ codes: await codes(), from })}`);
  };
  return (
    <button type="button" class="needs-script" onClick={() => void open()}>
      Open in the notebook
    </button>
  );
}
