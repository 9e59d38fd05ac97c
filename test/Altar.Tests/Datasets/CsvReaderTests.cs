using Altar.Datasets;
using Altar.Tensors;

namespace Altar.Tests.Datasets;

public class CsvReaderTests
{
    [Fact]
    public void Quoted_fields_hold_commas_doubled_quotes_and_line_ends()
    {
        var rows = Read("a,b\n\"x, y\",\"say \"\"hi\"\"\"\n\"two\nlines\",last\n");

        Assert.Equal(["a|b", "x, y|say \"hi\"", "two\nlines|last"], rows.Select(row => string.Join('|', row.Fields)));
    }

    [Fact]
    public void A_row_knows_the_line_it_starts_on()
    {
        var rows = Read("a\n\n\"one\ntwo\"\nend");

        Assert.Equal([1, 3, 5], rows.Select(row => row.Line));
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_leave_no_trace()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.Of("a.csv"), [0xEF, 0xBB, 0xBF, .. "image,label\r\n1.jpg,cat\r\n"u8]);

        var rows = CsvReader.Read(folder.Of("a.csv"));

        Assert.Equal(["image|label", "1.jpg|cat"], rows.Select(row => string.Join('|', row.Fields)));
    }

    [Fact]
    public void Empty_fields_stay_fields() => Assert.Equal(["", "x", ""], Read(",x,").Single().Fields);

    [Fact]
    public void A_quote_that_is_never_closed_is_named_with_its_line()
    {
        var error = Assert.Throws<BadInputException>(() => Read("a\n\"open\nmore"));

        Assert.Contains("test.csv: line 2: a quote is opened and never closed", error.Message, StringComparison.Ordinal);
    }

    private static List<CsvRow> Read(string text) => [.. CsvReader.Read(new StringReader(text), "test.csv")];
}
