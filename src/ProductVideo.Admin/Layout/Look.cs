using MudBlazor;

namespace ProductVideo.Admin.Layout;

/// <summary>The admin's own colours, corners and type. Text on every colour here has a contrast of 4.5 to 1 or more.</summary>
internal static class Look
{
    private static readonly string[] SystemFonts =
        ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Helvetica Neue", "Arial", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0f6b5c",
            PrimaryContrastText = "#ffffff",
            Secondary = "#8a4b12",
            Tertiary = "#3f4fa3",
            Info = "#1d5fa8",
            Success = "#1f6f3f",
            Warning = "#8a5a00",
            Error = "#b3261e",
            Background = "#f6f5f2",
            BackgroundGray = "#efede8",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#1d2422",
            TextPrimary = "#1d2422",
            TextSecondary = "#56605d",
            TextDisabled = "#6f7875",
            ActionDefault = "#4b5552",
            ActionDisabled = "#6f7875",
            ActionDisabledBackground = "#e4e2dc",
            LinesDefault = "#dedbd3",
            LinesInputs = "#8b918e",
            Divider = "#e4e1da",
            Skeleton = "#e6e3dc",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#5cd0b8",
            PrimaryContrastText = "#06231d",
            Secondary = "#f0b27a",
            Tertiary = "#aab6ff",
            Info = "#8bbcf5",
            InfoContrastText = "#0a1d33",
            Success = "#7fd6a0",
            SuccessContrastText = "#06210f",
            Warning = "#f2c14e",
            WarningContrastText = "#2a1d00",
            Error = "#ff9c93",
            ErrorContrastText = "#3b0906",
            Background = "#121615",
            BackgroundGray = "#191e1d",
            Surface = "#1c2221",
            AppbarBackground = "#1c2221",
            AppbarText = "#eef2f0",
            TextPrimary = "#eef2f0",
            TextSecondary = "#aab5b1",
            TextDisabled = "#8d9895",
            ActionDefault = "#c3ccc9",
            ActionDisabled = "#8d9895",
            ActionDisabledBackground = "#2a3130",
            LinesDefault = "#303836",
            LinesInputs = "#7b8683",
            Divider = "#2c3432",
            Skeleton = "#2a3130",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "10px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = SystemFonts, FontSize = "1rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontFamily = SystemFonts, FontSize = "1rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = SystemFonts, FontSize = ".9375rem", LineHeight = "1.5", LetterSpacing = "normal" },
            H6 = new H6Typography { FontFamily = SystemFonts, FontSize = "1.1875rem", FontWeight = "650", LineHeight = "1.35", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = SystemFonts, FontSize = ".9375rem", FontWeight = "600", LetterSpacing = "normal", TextTransform = "none" },
        },
    };
}
