import { Asset, DeepPartial, EntityId, ID, Product, VendureEntity } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';

/**
 * A clip on a product. It has a table of its own: a product's own row, its date and its events stay as they are, so that to the shop the
 * product has not changed.
 */
@Entity('productvideo_clip')
@Index('productvideo_clip_once', ['productId', 'key'], { unique: true })
export class ProductVideoClip extends VendureEntity {
    constructor(input?: DeepPartial<ProductVideoClip>) {
        super(input);
    }

    @ManyToOne(() => Product, { onDelete: 'CASCADE', nullable: false })
    product: Product;

    @EntityId()
    productId: ID;

    /** ProductVideo's name of it, once for each product. */
    @Column({ length: 64 })
    key: string;

    /** Deleted by the merchant, the clip is gone. */
    @Index()
    @ManyToOne(() => Asset, { onDelete: 'CASCADE', nullable: false })
    asset: Asset;

    @EntityId()
    assetId: ID;

    @Index()
    @ManyToOne(() => Asset, { onDelete: 'SET NULL', nullable: true })
    poster: Asset | null;

    @EntityId({ nullable: true })
    posterId: ID | null;

    /** Whether it stands among the product's assets too. */
    @Column({ default: false })
    inGallery: boolean;

    /** Pixels of the clip. Vendure knows only those of a placeholder. */
    @Column()
    width: number;

    @Column()
    height: number;

    @Column('float')
    seconds: number;

    /** What it shows, in the listing's language. */
    @Column('text')
    alt: string;

    @Column()
    madeWithAi: boolean;
}
