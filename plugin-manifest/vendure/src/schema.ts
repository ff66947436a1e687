import gql from 'graphql-tag';

/** What shoppers get. */
export const shopSchema = gql`
    "A video of a product."
    type ProductVideo {
        id: ID!
        "Where the MP4 is."
        url: String!
        "Where its first picture is, a JPEG."
        poster: String
        mimeType: String!
        width: Int!
        height: Int!
        seconds: Float!
        "What it shows."
        alt: String!
        "Whether a model drew it; then say so beside it."
        madeWithAi: Boolean!
    }

    extend type Product {
        "The oldest first."
        productVideos: [ProductVideo!]!
    }
`;

/** What ProductVideo and the dashboard use besides. */
export const adminSchema = gql`
    ${shopSchema}

    extend type ProductVideo {
        "ProductVideo's name of it, once for each product."
        key: String!
        assetId: ID!
    }

    "What the shop takes."
    type ProductVideoShop {
        version: String!
        "Bytes of the largest file: assetOptions.uploadMaxFileSize."
        uploadMaxFileSize: Float!
        "Whether assetOptions.permittedFileTypes lets MP4 in."
        takesVideo: Boolean!
        "Whether whoever asks may put videos on products."
        mayAttach: Boolean!
        "Whether changed products are told of."
        tellsOfChanges: Boolean!
    }

    input AttachProductVideoInput {
        productId: ID!
        key: String!
        clip: Upload!
        poster: Upload
        width: Int!
        height: Int!
        seconds: Float!
        alt: String!
        madeWithAi: Boolean!
        "Puts it among the product's assets too, behind the others."
        inGallery: Boolean
    }

    type AttachedProductVideo {
        video: ProductVideo!
        "Whether one of that key was there, and nothing was written."
        wasThere: Boolean!
    }

    union AttachProductVideoResult = AttachedProductVideo | MimeTypeError

    "How the newest video of a product stands, in words for the merchant."
    type ProductVideoState {
        state: String!
        "Of the work, while that is known."
        percent: Int
        "What a person should know or do."
        problem: String
        "Whether it will change by itself."
        moving: Boolean!
        "The video in ProductVideo."
        link: String
        "What a new one costs, where it was not agreed to and nothing was ordered. For example 0.70 USD."
        price: String
    }

    extend type Query {
        productVideos(productId: ID!): [ProductVideo!]!
        productVideoShop: ProductVideoShop!
        productVideoState(productId: ID!): ProductVideoState!
    }

    extend type Mutation {
        "Fine to send twice: one key is on a product once."
        attachProductVideo(input: AttachProductVideoInput!): AttachProductVideoResult!
        "Takes the video off and its files away. Fine twice; false where it was not there."
        detachProductVideo(productId: ID!, key: String!): Boolean!
        "Orders a video, unless it costs what was not agreed to. The same requestKey orders once."
        generateProductVideo(productId: ID!, requestKey: String!, agreedPrice: String): ProductVideoState!
    }
`;
