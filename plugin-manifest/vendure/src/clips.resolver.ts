import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow, ConfigService, Ctx, ForbiddenError, ID, Permission, Product, RequestContext, UserInputError } from '@vendure/core';
import { Inject } from '@nestjs/common';
import { connectionOf, OPTIONS, ProductVideoOptions } from './connection';
import { ProductVideoClip } from './product-video-clip.entity';
import { AttachInput, ProductVideos } from './product-videos';

const VERSION: string = require('../package.json').version;

const ATTACHES = [Permission.UpdateCatalog, Permission.UpdateProduct];
const UPLOADS = [Permission.CreateCatalog, Permission.CreateAsset];

/** A clip as both interfaces show it. */
const view = (ctx: RequestContext, videos: ProductVideos) => (clip: ProductVideoClip) => ({
    id: clip.id,
    key: clip.key,
    assetId: clip.assetId,
    url: videos.addressOf(ctx, clip.asset),
    poster: clip.poster && videos.addressOf(ctx, clip.poster),
    mimeType: clip.asset.mimeType,
    width: clip.width,
    height: clip.height,
    seconds: clip.seconds,
    alt: clip.alt,
    madeWithAi: clip.madeWithAi,
});

/** Of both interfaces: the videos on a product. */
@Resolver('Product')
export class ProductVideosResolver {
    constructor(private videos: ProductVideos) {}

    @ResolveField()
    async productVideos(@Ctx() ctx: RequestContext, @Parent() product: Product) {
        return (await this.videos.listOf(ctx, product.id)).map(view(ctx, this.videos));
    }
}

/** What ProductVideo asks of the shop. */
@Resolver()
export class ClipsResolver {
    constructor(
        private videos: ProductVideos,
        private config: ConfigService,
        @Inject(OPTIONS) private options: ProductVideoOptions,
    ) {}

    @Query()
    @Allow(Permission.ReadCatalog, Permission.ReadProduct)
    async productVideos(@Ctx() ctx: RequestContext, @Args('productId') productId: ID) {
        return (await this.videos.listInChannel(ctx, productId)).map(view(ctx, this.videos));
    }

    @Query()
    @Allow(Permission.ReadCatalog, Permission.ReadProduct)
    async productVideoShop(@Ctx() ctx: RequestContext) {
        const { uploadMaxFileSize, permittedFileTypes } = this.config.assetOptions;
        return {
            version: VERSION,
            uploadMaxFileSize,
            takesVideo: permittedFileTypes.some(type => ['*/*', 'video/*', 'video/mp4', '.mp4'].includes(type)),
            mayAttach: ctx.userHasPermissions(ATTACHES) && ctx.userHasPermissions(UPLOADS),
            tellsOfChanges: Boolean(this.options.webhookSecret && (await connectionOf(this.options).catch(() => undefined))),
        };
    }

    @Mutation()
    @Allow(Permission.UpdateCatalog, Permission.UpdateProduct)
    async attachProductVideo(@Ctx() ctx: RequestContext, @Args('input') input: AttachInput) {
        if (!ctx.userHasPermissions(UPLOADS)) {
            throw new ForbiddenError();
        }
        if (!/^[a-z0-9-]{1,64}$/.test(input.key)) {
            throw new UserInputError('The key is 1 to 64 characters of a-z, 0-9 and -.');
        }
        const attached = await this.videos.attach(ctx, input);
        return 'video' in attached ? { __typename: 'AttachedProductVideo', ...attached, video: view(ctx, this.videos)(attached.video) } : attached;
    }

    @Mutation()
    @Allow(Permission.UpdateCatalog, Permission.UpdateProduct)
    detachProductVideo(@Ctx() ctx: RequestContext, @Args('productId') productId: ID, @Args('key') key: string) {
        return this.videos.detach(ctx, productId, key);
    }
}
