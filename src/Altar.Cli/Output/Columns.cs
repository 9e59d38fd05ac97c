using Spectre.Console;

namespace Altar.Cli.Output;

/// <summary>Tables in one style: names to the left, numbers to the right.</summary>
internal static class Columns
{
    /// <summary>An empty table.</summary>
    /// <param name="left">How many columns, from the first, hold names.</param>
    /// <param name="titles">The columns.</param>
    public static Table Of(int left, params string[] titles)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (i, title) in titles.Index())
        {
            var column = new TableColumn(Markup.Escape(title));
            table.AddColumn(i < left ? column.NoWrap() : column.RightAligned().NoWrap());
        }

        return table;
    }

    /// <summary>Adds a row of plain text: brackets in names are not markup.</summary>
    public static void Add(this Table table, params string[] cells) => table.AddRow([.. cells.Select(cell => new Spectre.Console.Text(cell))]);
}
