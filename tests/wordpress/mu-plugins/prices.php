<?php
// WooCommerce's questions about a price, as far as they are asked: a tax that the shop shows comes on top of what the merchant entered.

function wc_get_product( $id ) {
	return new class( (string) get_post_meta( $id, '_price', true ) ) {
		private $price;
		public function __construct( $price ) {
			$this->price = $price;
		}
		public function get_price() {
			return $this->price;
		}
	};
}

function wc_get_price_to_display( $product ) {
	return (float) $product->get_price() * ( 1 + (float) get_option( 'test_tax' ) );
}

function wc_get_price_decimals() {
	return 2;
}

function wc_format_decimal( $number, $decimals ) {
	return number_format( (float) $number, $decimals, '.', '' );
}
