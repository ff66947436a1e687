import { PluginCommonModule, Type, VendurePlugin } from '@vendure/core';
import { Changes } from './changes';
import { ClipsResolver, ProductVideosResolver } from './clips.resolver';
import { OPTIONS, ProductVideoOptions } from './connection';
import { OrdersResolver } from './orders.resolver';
import { ProductVideoClip } from './product-video-clip.entity';
import { ProductVideos } from './product-videos';
import { adminSchema, shopSchema } from './schema';
import { VideoService } from './video-service';

/** Videos of products: their place in the shop, the button that orders one, and news of changed products for ProductVideo. */
@VendurePlugin({
    imports: [PluginCommonModule],
    compatibility: '>=3.5.2 <4.0.0',
    entities: [ProductVideoClip],
    providers: [{ provide: OPTIONS, useFactory: () => ProductVideoPlugin.options }, ProductVideos, VideoService, Changes],
    adminApiExtensions: { schema: adminSchema, resolvers: [ProductVideosResolver, ClipsResolver, OrdersResolver] },
    shopApiExtensions: { schema: shopSchema, resolvers: [ProductVideosResolver] },
    dashboard: '../dashboard/index.tsx',
})
export class ProductVideoPlugin {
    static options: ProductVideoOptions = {};

    static init(options: ProductVideoOptions): Type<ProductVideoPlugin> {
        this.options = options;
        return ProductVideoPlugin;
    }
}
