import { Button } from '@vendure/dashboard';
import { generate, useVideo } from './state';

type Page = { context: { entity?: { id: string } } };

/** In the action bar of the product's page. */
export function GenerateButton({ context }: Page) {
    const id = context.entity?.id;
    const { video, busy } = useVideo(id);
    if (!id) {
        return null;
    }
    return (
        <Button type="button" variant="secondary" disabled={busy || video?.moving === true} data-testid="productvideo-generate" onClick={() => void generate(id)}>
            Generate video
        </Button>
    );
}

/** Beside the product: how its video stands, and the clips that shoppers see. */
export function VideoBlock({ context }: Page) {
    const id = context.entity?.id;
    const { video, clips } = useVideo(id);
    if (!id) {
        return <p>Save the product with its pictures first.</p>;
    }
    return (
        <div className="space-y-3 text-sm" data-testid="productvideo-block">
            <p role="status" data-testid="productvideo-state">
                {video ? video.state + (video.percent === null ? '' : ` · ${video.percent} %`) : '…'}
            </p>
            {video?.problem && (
                <p className="text-destructive" data-testid="productvideo-problem">
                    {video.problem}
                </p>
            )}
            {video?.link && (
                <a className="underline" href={video.link} target="_blank" rel="noopener noreferrer" data-testid="productvideo-look">
                    Look at it
                </a>
            )}
            {clips.map(clip => (
                <figure key={clip.id} className="space-y-1">
                    <video
                        className="w-full rounded-md"
                        style={{ aspectRatio: `${clip.width} / ${clip.height}` }}
                        controls
                        muted
                        playsInline
                        preload="none"
                        src={clip.url}
                        poster={clip.poster ?? undefined}
                        aria-label={clip.alt}
                        data-testid="productvideo-clip"
                    />
                    {clip.madeWithAi && <figcaption className="text-muted-foreground">Made with AI</figcaption>}
                </figure>
            ))}
        </div>
    );
}
