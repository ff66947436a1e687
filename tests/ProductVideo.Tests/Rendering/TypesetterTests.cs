using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Rendering;

public class TypesetterTests
{
    private static readonly TextBox s_box = new(800, 3, 52, 30);

    public static TheoryData<string> NastyTitles =>
    [
        "Mug",
        new string('W', 90),
        "Supercalifragilisticexpialidocious " + new string('m', 90) + " and some more words that follow after it",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
        "حقيبة جلدية يدوية الصنع من هامبورغ باللون البني مع حزام قابل للتعديل وجيب داخلي كبير للحاسوب المحمول",
        "תיק עור בעבודת יד מהמבורג בצבע חום עם רצועה מתכווננת וכיס פנימי גדול",
        "手工釉面陶瓷马克杯苔藓绿三百五十毫升可放入洗碗机和微波炉适合送礼的高品质家居用品北欧风格简约设计限量版",
        "手作りの釉薬をかけた陶器のマグカップ、モスグリーン、三百五十ミリリットル、食洗機対応、電子レンジ対応、ギフトに最適",
        "수제 유약 도자기 머그컵 이끼색 350ml 식기세척기 및 전자레인지 사용 가능",
        "กระเป๋าหนังทำมือสีน้ำตาลพร้อมสายสะพายปรับได้และช่องใส่โน้ตบุ๊กขนาดใหญ่ผลิตในเมืองฮัมบูร์ก",
        "दस्तकारी चमड़े की नोटबुक समायोज्य पट्टा और बड़ी भीतरी जेब के साथ हैम्बर्ग से",
        "Кожаная записная книжка ручной работы из Гамбурга с регулируемым ремешком",
        "Χειροποίητο δερμάτινο σημειωματάριο από το Αμβούργο με ρυθμιζόμενο λουράκι",
        "Ḁ̴̈ẅ̴́f̴̈ư̴ĺ̴ z̴̈ä̴l̴̈g̴̈ö̴ ẗ̴ï̴ẗ̴l̴̈ë̴",
        "AT&T <b>\"quoted\"</b> 'title' & <span foreground='red'>markup</span>",
        "ชุด 3 ชิ้น Leder-Set (schwarz) – 50 % günstiger / 大特価 / عرض خاص",
    ];

    [Theory]
    [MemberData(nameof(NastyTitles))]
    public void no_title_overflows_its_box(string title)
    {
        var (clean, _) = TextLines.Clean(title, FontShelf.Has);
        var set = Typesetter.Fit(clean, s_box);
        set.Mask.Width.ShouldBeLessThanOrEqualTo(s_box.Width);
        set.Lines.Count.ShouldBeLessThanOrEqualTo(3);
        set.Size.ShouldBeInRange(30, 52);
        set.Mask.Cover.ShouldContain(cover => cover > 200);
    }

    [Theory]
    [MemberData(nameof(NastyTitles))]
    public void a_caption_stays_clear_of_the_edges_in_every_format(string title)
    {
        var (clean, _) = TextLines.Clean(title, FontShelf.Has);
        foreach (var (width, height) in ((int, int)[])[(1080, 1080), (1080, 1920), (1920, 1080)])
        {
            var layout = CaptionLayout.For(width, height);
            var price = Typesetter.Fit("1.299,00 €", layout.Price);
            var place = layout.Place(Typesetter.Fit(clean, layout.Title(price)), price);
            place.Left.ShouldBeGreaterThanOrEqualTo((int)(width * 0.05));
            (place.Left + place.Width).ShouldBeLessThanOrEqualTo((int)(width * 0.95));
            (place.Top + place.Height).ShouldBeLessThanOrEqualTo((int)(height * 0.95));
            place.Height.ShouldBeLessThanOrEqualTo((int)(height * 0.16), "the product is to be seen");
            place.Pill.Left.ShouldBeGreaterThanOrEqualTo(layout.PaddingX);
            (place.Pill.Left + place.Pill.Width).ShouldBeLessThanOrEqualTo(place.Width - layout.PaddingX);
            place.Pill.Top.ShouldBeGreaterThanOrEqualTo(layout.PaddingY);
        }
    }

    [Theory]
    [MemberData(nameof(NastyTitles))]
    public void no_title_is_higher_than_its_box(string title)
    {
        var (clean, _) = TextLines.Clean(title, FontShelf.Has);
        Typesetter.Fit(clean, s_box with { Height = 110 }).Mask.Height.ShouldBeLessThanOrEqualTo(110);
        // Also where a tower of marks got in.
        Typesetter.Fit("Mug" + new string('\u0301', 87), s_box with { Height = 110 }).Mask.Height.ShouldBeLessThanOrEqualTo(110);
    }

    [Theory]
    [InlineData("Stoneware mug")]
    [InlineData("תיק עור")]
    public void title_and_price_do_not_meet(string title)
    {
        var layout = CaptionLayout.For(1080, 1080);
        var price = Typesetter.Fit("24,90 €", layout.Price);
        var text = Typesetter.Fit(title, layout.Title(price));
        var place = layout.Place(text, price);
        if (text.RightToLeft)
            (place.Pill.Left + place.Pill.Width).ShouldBeLessThan(place.TitleLeft);
        else
            (place.TitleLeft + text.Mask.Width).ShouldBeLessThan(place.Pill.Left);
    }

    [Fact]
    public void a_short_title_is_set_large_on_one_line()
    {
        var set = Typesetter.Fit("Stoneware mug", s_box);
        set.Size.ShouldBe(52);
        set.Lines.ShouldBe(["Stoneware mug"]);
    }

    [Fact]
    public void words_are_never_cut_while_they_fit_a_line()
    {
        const string Title = "Handmade leather notebook with adjustable strap and a large inner pocket for pens";
        var set = Typesetter.Fit(Title, s_box);
        string.Join(' ', set.Lines).ShouldBe(Title);
        set.Lines.Count.ShouldBe(3);
    }

    [Fact]
    public void what_is_too_long_at_the_smallest_size_ends_in_an_ellipsis_at_a_word()
    {
        var title = string.Join(' ', Enumerable.Repeat("ceramics", 40));
        var set = Typesetter.Fit(title, s_box);
        set.Size.ShouldBe(30);
        set.Lines[^1].ShouldEndWith(" ceramics…");
    }

    [Fact]
    public void an_endless_word_is_split_only_where_it_must_be()
    {
        var word = new string('W', 60);
        string.Concat(Typesetter.Fit(word, s_box).Lines).ShouldBe(word);
    }

    [Fact]
    public void arabic_letters_join()
    {
        // Beh three times: joined it is one stroke, apart three letters with their tails.
        var joined = Typesetter.Render(["ببب"], 60, true, s_box);
        var apart = Typesetter.Render(["ب\u200Cب\u200Cب"], 60, true, s_box);
        joined.Width.ShouldBeLessThan(apart.Width * 3 / 4);
    }

    [Fact]
    public void right_to_left_lines_begin_at_the_right()
    {
        var mask = Typesetter.Render(["حقيبة جلدية يدوية", "حقيبة"], 40, true, s_box);
        var lower = mask.Cover.AsSpan(mask.Height * 2 / 3 * mask.Width).ToArray();
        Ink(lower, mask.Width, mask.Width / 2, mask.Width).ShouldBeGreaterThan(0);
        Ink(lower, mask.Width, 0, mask.Width / 4).ShouldBe(0);
    }

    [Theory]
    [InlineData("é", "en")]
    [InlineData("Ж", "ru")]
    [InlineData("Ω", "el")]
    [InlineData("ش", "ar")]
    [InlineData("ש", "he")]
    [InlineData("ष", "hi")]
    [InlineData("ব", "bn")]
    [InlineData("த", "ta")]
    [InlineData("ก", "th")]
    [InlineData("ქ", "ka")]
    [InlineData("Ֆ", "hy")]
    [InlineData("陶", "zh")]
    [InlineData("ぬ", "ja")]
    [InlineData("뷁", "ko")]
    [InlineData("€", "de")]
    [InlineData("₹", "hi")]
    public void every_promised_script_has_letters_not_empty_boxes(string letter, string language)
    {
        var box = s_box with { Language = language };
        var drawn = Typesetter.Render([letter], 60, false, box);
        var tofu = Typesetter.Render(["\uFFFF"], 60, false, box);
        drawn.Cover.SequenceEqual(tofu.Cover).ShouldBeFalse();
        drawn.Cover.ShouldContain(cover => cover > 200);
    }

    [Fact]
    public void japanese_and_chinese_have_their_own_forms_of_a_character()
    {
        var chinese = Typesetter.Render(["直骨"], 60, false, s_box with { Language = "zh-Hans" });
        var japanese = Typesetter.Render(["直骨"], 60, false, s_box with { Language = "ja" });
        chinese.Cover.SequenceEqual(japanese.Cover).ShouldBeFalse();
    }

    [Fact]
    public void markup_in_a_title_is_text()
    {
        var plain = Typesetter.Render(["x"], 40, false, s_box);
        var marked = Typesetter.Render(["<b>x</b>"], 40, false, s_box);
        marked.Width.ShouldBeGreaterThan(plain.Width * 3);
    }

    [Fact]
    public void a_language_that_is_no_language_does_no_harm() =>
        Typesetter.Render(["x"], 40, false, s_box with { Language = "en'><b>" }).Width.ShouldBeGreaterThan(5);

    private static int Ink(byte[] cover, int width, int from, int end) =>
        cover.Where((_, i) => i % width >= from && i % width < end).Count(value => value > 128);
}
