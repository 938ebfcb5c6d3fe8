// Package format turns the bytes of one file into the articles it holds.
//
// Detect tells a file's Kind, Unpack takes compression off, and Read hands the
// articles over one by one. Every reader is bounded in memory, takes time in
// proportion to its input, and answers malformed input with one sentence that
// names the file and the article.
//
// What each format gives (· is what it has no place for):
//
//	format      title             deck       authors        published           outlet          url              language    body
//	text        ·                 ·          ·              ·                   ·               ·                ·           Text, as it came
//	Markdown    front matter, #   matter     front matter   front matter        front matter    front matter     matter      Blocks
//	HTML, XHTML the page is for package page to read                                                                          HTML
//	PDF         largest type of   ·          properties,    · (the date of the  ·               browser's        ·           Blocks
//	            page 1, else                 if a name      file is when it                     printed footer
//	            properties                                  was printed)
//	DOCX        style Title, else Subtitle   creator        created             ·               ·                language    Blocks
//	            first heading,
//	            else properties
//	RTF         style Title, …    Subtitle   author         creatim             ·               ·                ·           Blocks
//	mail        Subject           ·          From           Date                ·               ·                Content-Language  Text or HTML
//	MHTML       Subject           ·          ·              · (when saved)      ·               Content-Location ·           HTML
//	JSON        by the names that the keys go by (fields.go), or Options.Map                                                 Text or HTML
//	CSV, TSV    by the names that the columns go by, or Options.Map                                                          Text or HTML
//	ninjs       headline(s)       headlines, byline         versioncreated      copyrightholder uri              language    Blocks or Text
//	                              role sub
//	NITF        hl1, else title   hl2        person, else   date.issue          pubdata, else   pubdata ex-ref   xml:lang    Blocks
//	                                         byline                             rights holder
//	NewsML-G2   headline          role sub   by, creator    contentCreated      provider        link             language    Blocks or Text
//	NewsML 1    HeadLine          SubHead…   ByLine         FirstCreated        Provider        ·                Language    Blocks or Text
//	Nexis       line above the    Highlight  Byline         line above the      line above      URL              Language    Blocks
//	            outlet                                      labels              the date
//	Factiva     HD, headline      ·          BY             PD, ET              SN              ·                LA          Blocks
//
// Modified is set from DOCX (modified), RTF (revtim), JSON, CSV, ninjs and
// NewsML. Exports of Nexis are split in RTF, DOCX, PDF and text, those of
// Factiva in HTML, RTF, DOCX and text. The NITF dateline, abstracts and
// summaries are left out: they repeat the text. A date is kept exactly as
// precise as it is given; one that can be two days (03/04/2022) is its year.
package format
