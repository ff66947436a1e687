<?php
/**
 * Settings → ProductVideo: where the service is, and the key that it gave this shop.
 *
 * @package ProductVideo
 */

namespace ProductVideo;

defined( 'ABSPATH' ) || exit;

add_action(
	'admin_menu',
	static function () {
		add_options_page( 'ProductVideo', 'ProductVideo', 'manage_options', 'productvideo', __NAMESPACE__ . '\show_settings' );
	}
);
add_action( 'admin_post_productvideo_settings', __NAMESPACE__ . '\save_settings' );

function show_settings(): void {
	$settings = settings();
	$tested   = is_connected() ? call_service( 'GET', '/api/v1/generations?take=1&shop=' . rawurlencode( $settings['shop'] ) ) : null;
	?>
	<div class="wrap">
		<h1>ProductVideo</h1>
		<?php if ( is_wp_error( $tested ) ) : ?>
			<div class="notice notice-error"><p><?php echo esc_html( $tested->get_error_message() ); ?></p></div>
		<?php elseif ( null !== $tested ) : ?>
			<div class="notice notice-success" data-testid="connected"><p><?php esc_html_e( 'This shop is connected to ProductVideo.', 'productvideo' ); ?></p></div>
		<?php endif; ?>
		<?php if ( isset( $_GET['productvideo_error'] ) ) : // phpcs:ignore WordPress.Security.NonceVerification.Recommended -- Only shown. ?>
			<div class="notice notice-error"><p><?php esc_html_e( 'That is no connection code. Copy it whole, or fill in the three fields.', 'productvideo' ); ?></p></div>
		<?php endif; ?>
		<form method="post" action="<?php echo esc_url( admin_url( 'admin-post.php' ) ); ?>">
			<input type="hidden" name="action" value="productvideo_settings">
			<?php wp_nonce_field( 'productvideo_settings' ); ?>
			<table class="form-table" role="presentation">
				<?php
				show_field( 'code', __( 'Connection code', 'productvideo' ), 'text', '', __( 'Paste what ProductVideo gave you; it fills in the rest.', 'productvideo' ) );
				show_field( 'url', __( 'Address', 'productvideo' ), 'url', $settings['url'], __( 'Where ProductVideo runs, for example https://video.example.', 'productvideo' ) );
				show_field( 'shop', __( 'Shop', 'productvideo' ), 'text', $settings['shop'], __( 'This shop’s key in ProductVideo’s settings.', 'productvideo' ) );
				show_field( 'key', __( 'API key', 'productvideo' ), 'password', '', '' === $settings['key'] ? '' : __( 'One is kept; leave this empty to go on with it.', 'productvideo' ) );
				?>
			</table>
			<?php submit_button( __( 'Connect', 'productvideo' ) ); ?>
		</form>
		<h2><?php esc_html_e( 'The other way round', 'productvideo' ); ?></h2>
		<p>
			<?php esc_html_e( 'ProductVideo reads products and uploads videos as a user of this shop, best a shop manager. Connect the shop in ProductVideo as well: WordPress asks you there and hands an application password over. Or make one by hand and enter it there.', 'productvideo' ); ?>
			<a href="<?php echo esc_url( admin_url( 'profile.php#application-passwords-section' ) ); ?>"><?php esc_html_e( 'Make an application password', 'productvideo' ); ?></a>
		</p>
	</div>
	<?php
}

function show_field( string $name, string $label, string $type, string $value, string $hint ): void {
	printf(
		'<tr><th scope="row"><label for="productvideo-%1$s">%2$s</label></th><td><input id="productvideo-%1$s" name="%1$s" type="%3$s" class="regular-text" value="%4$s" autocomplete="off"><p class="description">%5$s</p></td></tr>',
		esc_attr( $name ),
		esc_html( $label ),
		esc_attr( $type ),
		esc_attr( $value ),
		esc_html( $hint )
	);
}

function save_settings(): void {
	if ( ! current_user_can( 'manage_options' ) ) {
		wp_die( esc_html__( 'You may not change these settings.', 'productvideo' ), 403 );
	}
	check_admin_referer( 'productvideo_settings' );
	$given = array();
	foreach ( array( 'code', 'url', 'shop', 'key' ) as $name ) {
		$given[ $name ] = isset( $_POST[ $name ] ) ? trim( sanitize_text_field( wp_unslash( $_POST[ $name ] ) ) ) : '';
	}
	$error = '';
	if ( '' !== $given['code'] ) {
		$read = read_code( $given['code'] );
		if ( $read ) {
			$given = $read + $given;
		} else {
			$error = '&productvideo_error=code';
		}
	}
	if ( '' === $error ) {
		update_option(
			'productvideo_settings',
			array(
				'url'  => esc_url_raw( untrailingslashit( $given['url'] ), array( 'http', 'https' ) ),
				'shop' => sanitize_key( $given['shop'] ),
				'key'  => '' !== $given['key'] ? $given['key'] : settings()['key'],
			),
			false
		);
	}
	wp_safe_redirect( admin_url( 'options-general.php?page=productvideo' . $error ) );
	exit;
}

/** Base64url of JSON with url, key and shop. */
function read_code( string $code ): ?array {
	$json = base64_decode( strtr( $code, '-_', '+/' ), true ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode
	$read = false === $json ? null : json_decode( $json, true );
	foreach ( array( 'url', 'key', 'shop' ) as $part ) {
		if ( ! is_array( $read ) || ! is_string( $read[ $part ] ?? null ) || '' === $read[ $part ] ) {
			return null;
		}
	}
	return array_map( 'sanitize_text_field', array_intersect_key( $read, array_flip( array( 'url', 'key', 'shop' ) ) ) );
}
